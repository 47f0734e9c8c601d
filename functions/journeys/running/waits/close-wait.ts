import { iso } from '#kernel/clock';
import type { RunWait, StepRecord } from '#model/run';
import { otherwise, otherwiseAnswer } from '#statemachines/compile/form';
import type { Step } from '#statemachines/document/schema';
import { runStep } from '#statemachines/steps/run-registry';
import { closeStep, overStepWrite, readStep, type StepEnd } from '#store/runs/steps';
import type { TableWrite } from '#store/table';
import type { Services } from '../../services.ts';
import { loadFacts, type Scene } from '../scene.ts';

/** Clocks differ, and a machine begins to count before its function does. */
const slackMs = 60_000;

/**
 * A wait that ran out tells nobody: whoever calls next writes down how it ended, and who settled it
 * corrects that (`closeStep`). Needed once, before the run's `wait` is replaced or taken off.
 */
export const closeLastWait = async (services: Services, scene: Scene): Promise<void> => {
  const wait = lastWait(scene);
  const end = wait && (await endOf(services, scene, wait));
  if (end) await closeStep(services.store, nameOf(scene, wait), end);
};

/** The same for a transaction in which the run goes on; what nobody can know without reading is closed at once. */
export const lastWaitWrites = async (services: Services, scene: Scene): Promise<TableWrite[]> => {
  const wait = lastWait(scene);
  if (wait?.kind === 'wait')
    return [overStepWrite(services.store, nameOf(scene, wait), endedAt(scene, wait))];
  await closeLastWait(services, scene);
  return [];
};

const lastWait = ({ run: { wait }, ownWait, visit }: Scene): RunWait | undefined =>
  wait?.kind === 'hold' || (wait?.step === ownWait && wait?.visit === visit) ? undefined : wait;

const endedAt = ({ now }: Scene, { until }: RunWait): string => iso(Math.min(now, Date.parse(until)));

export const nameOf = ({ run }: Scene, { step, visit }: RunWait) => ({
  contact: run.contact,
  run: run.id,
  step,
  visit,
});

const endOf = async (services: Services, scene: Scene, wait: RunWait): Promise<StepEnd | undefined> => {
  const at = { endedAt: endedAt(scene, wait) };
  if (wait.kind === 'wait') return { outcome: 'done', ...at };
  const step = scene.version.step(wait.step);
  if (scene.now >= Date.parse(wait.until) - slackMs) return { ...otherwiseOf(step), ...at };
  const record = await readStep(services.store, nameOf(scene, wait));
  return record?.outcome === 'waiting'
    ? { ...(await answerOf(services, scene, step, record)), ...at }
    : undefined;
};

/** It was answered, and whoever answered fell before it was written down: the same facts give the same answer. */
const answerOf = async (services: Services, scene: Scene, step: Step, { visit }: StepRecord) => {
  const effects = runStep(step, await loadFacts(services, { ...scene, visit }, step));
  const answer = effects.find((effect) => effect.kind === 'answer');
  return answer
    ? { outcome: 'answered' as const, branch: answer.branch, answer: answer.answer }
    : otherwiseOf(step);
};

const otherwiseOf = (step: Step) => ({
  outcome: 'answered' as const,
  branch: otherwise,
  answer: ('otherwise' in step ? step.otherwise?.answer : undefined) ?? otherwiseAnswer,
});
