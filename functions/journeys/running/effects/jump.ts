import { Ended } from '#kernel/errors';
import type { Step } from '#statemachines/document/schema';
import type { StepEffect } from '#statemachines/steps/effects';
import { loopsWrite } from '#store/runs/runs';
import { newStepWrite, readStep } from '#store/runs/steps';
import { TransactionRefused, transact } from '#store/table';
import type { Services } from '../../services.ts';
import { continueAt, isWorn } from '../continue-run.ts';
import { keptAnswer, type StepAnswer } from '../kept-answer.ts';
import type { Scene } from '../scene.ts';
import { recordOf } from '../waits/wait-step.ts';

/**
 * Back to another step, as often as the author allows. The answer and the count are one transaction: a
 * repeat finds the answer and counts nothing. The next round is the next visit of every step in it.
 */
export const jump = async (
  services: Services,
  scene: Scene,
  step: Step,
  { atMost }: Extract<StepEffect, { kind: 'jump' }>,
): Promise<StepAnswer> => {
  if (isWorn(services, scene)) return continueAt(services, scene, step.id);
  const { store } = services;
  const { run, visit } = scene;
  const taken = run.loops?.[step.id] ?? 0;
  const record = { ...recordOf(scene, step), ...answerOf(taken, atMost, visit) };
  const loops = record.branch === 0 ? { ...run.loops, [step.id]: taken + 1 } : (run.loops ?? {});
  try {
    await transact(store.dynamodb, [newStepWrite(store, record), loopsWrite(store, run, loops)]);
    return keptAnswer(record);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const kept = await readStep(store, record);
    if (!kept) throw new Ended('the run has ended');
    return keptAnswer(kept);
  }
};

const answerOf = (taken: number, atMost: number, visit: number) =>
  taken < atMost
    ? {
        outcome: 'answered' as const,
        branch: 0,
        answer: `round ${taken + 1} of ${atMost}`,
        nextVisit: visit + 1,
      }
    : { outcome: 'answered' as const, branch: -1, answer: 'limit reached' };
