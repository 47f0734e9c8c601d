import { iso } from '#kernel/clock';
import type { RunWait, StepRecord } from '#model/run';
import type { Step } from '#statemachines/document/schema';
import { runStep } from '#statemachines/steps/run-registry';
import { closeStep, readStep, type StepEnd } from '#store/steps';
import { loadFacts, type Scene } from './scene.ts';
import type { Services } from './services.ts';

/** Clocks differ, and a machine begins to count before its function does. */
const slackMs = 60_000;

/**
 * A wait that ran out tells nobody: whoever calls next writes down how it ended, and who settled it
 * corrects that (`closeStep`). Needed once, before the run's `wait` is replaced or taken off.
 */
export const closeLastWait = async (services: Services, scene: Scene): Promise<void> => {
  const { wait } = scene.run;
  if (!wait || wait.kind === 'hold') return;
  if (wait.step === scene.ownWait && wait.visit === scene.visit) return;
  const end = await endOf(services, scene, wait);
  if (end) await closeStep(services.store, nameOf(scene, wait), end);
};

const nameOf = ({ run }: Scene, { step, visit }: RunWait) => ({
  contact: run.contact,
  run: run.id,
  step,
  visit,
});

const endOf = async (services: Services, scene: Scene, wait: RunWait): Promise<StepEnd | undefined> => {
  const endedAt = iso(Math.min(scene.now, Date.parse(wait.until)));
  if (wait.kind === 'wait') return { outcome: 'done', endedAt };
  const step = scene.version.step(wait.step);
  if (scene.now >= Date.parse(wait.until) - slackMs) return { ...otherwiseOf(step), endedAt };
  const record = await readStep(services.store, nameOf(scene, wait));
  return record?.outcome === 'waiting'
    ? { ...(await answerOf(services, scene, step, record)), endedAt }
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
  branch: -1,
  answer: ('otherwise' in step ? step.otherwise?.answer : undefined) ?? 'otherwise',
});
