import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import type { RunWait, StepRecord } from '#model/run';
import { skipped } from '#statemachines/compile/form';
import type { Step } from '#statemachines/document/schema';
import type { RunFacts, StepEffect } from '#statemachines/steps/effects';
import { runStep } from '#statemachines/steps/run-registry';
import { storeWait } from '#store/runs/runs';
import { closeStep, writeStep } from '#store/runs/steps';
import type { Services } from '../../services.ts';
import { isListening, loadFacts, type Scene } from '../scene.ts';
import { closeLastWait } from './close-wait.ts';
import { settleToken } from './settle.ts';

type Effect<K extends StepEffect['kind']> = Extract<StepEffect, { kind: K }>;
const effectOf = <K extends StepEffect['kind']>(
  effects: readonly StepEffect[],
  kind: K,
): Effect<K> | undefined => effects.find((effect): effect is Effect<K> => effect.kind === kind);

/** How long the wait lasts, in whole seconds; the machine takes no less than one. */
export const secondsOf = async (services: Services, scene: Scene, step: Step): Promise<number> => {
  const begun = begunUntil(scene, step);
  const wait = begun ?? effectOf(runStep(step, await loadFacts(services, scene, step, false)), 'wait')?.until;
  return Math.max(1, Math.ceil(((wait ?? scene.now) - scene.now) / 1000));
};

/** A wait that outlived its execution, or is asked for again, ends when it was to end. */
const begunUntil = ({ run: { wait }, visit }: Scene, step: Step): number | undefined =>
  wait?.step === step.id && wait.visit === visit && wait.kind !== 'hold' ? Date.parse(wait.until) : undefined;

/** The machine waits until its token is settled. What is already so settles it at once. */
export const startWait = async (
  services: Services,
  scene: Scene,
  step: Step,
  token: string,
): Promise<void> => {
  // It began with the message before it.
  if (scene.run.wait?.token === token) return;
  // Before the token is stored only the step's own `if` and its length are asked; what may have
  // been missed is read after it, so that nothing falls between.
  const effects = runStep(step, await loadFacts(services, scene, step, false));
  const wait = effectOf(effects, 'wait');
  if (effectOf(effects, 'skip') || wasSkipped(scene, step)) return skipWait(services, scene, step, token);
  const until = begunUntil(scene, step) ?? wait?.until ?? scene.now;
  await keepWait(services, scene, step, { token, until });
  if (isListening(step)) await answerIfHeard(services, scene, step, { token });
  else if (until <= scene.now) await settleToken(services.context.aws.sfn, token);
};

const wasSkipped = ({ record }: Scene, step: Step): boolean =>
  record?.step === step.id && record.outcome === 'skipped';

const skipWait = async (services: Services, scene: Scene, step: Step, token: string): Promise<void> => {
  if (!wasSkipped(scene, step))
    await writeStep(services.store, { ...recordOf(scene, step), outcome: 'skipped', reason: 'condition' });
  await settleToken(services.context.aws.sfn, token, skipped);
};

export const recordOf = ({ run, visit, now }: Scene, step: Step): Omit<StepRecord, 'outcome'> => ({
  run: run.id,
  contact: run.contact,
  journey: run.journey,
  version: run.version,
  step: step.id,
  visit,
  type: step.type,
  at: iso(now),
});

const waitRecord = (scene: Scene, step: Step, until: number): StepRecord => ({
  ...recordOf(scene, step),
  outcome: 'waiting',
  ...('until' in step ? { until: iso(until) } : {}),
});

const waitOf = (
  { visit }: Scene,
  step: Step,
  { token, until }: { token: string; until: number },
  since: string,
): RunWait => {
  const kind = isListening(step) ? (step.type === 'task' ? 'task' : 'waitFor') : 'wait';
  return { token, step: step.id, visit, kind, since, until: iso(until) };
};

/**
 * A wait that only time ends may begin with the claim of the message before it: fewer calls, and one
 * write less. Whatever listens, or asks something first, begins after the message.
 */
export const waitAhead = async (
  services: Services,
  scene: Scene,
): Promise<{ wait: RunWait; record: StepRecord } | undefined> => {
  const { ahead } = scene;
  if (ahead?.step.type !== 'wait' || ahead.step.if || begunUntil(scene, ahead.step)) return undefined;
  const effects = runStep(ahead.step, await loadFacts(services, scene, ahead.step, false));
  const until = effectOf(effects, 'wait')?.until;
  if (until === undefined || until <= scene.now) return undefined;
  const record = waitRecord(scene, ahead.step, until);
  return { wait: waitOf(scene, ahead.step, { token: ahead.token, until }, record.at), record };
};

const keepWait = async (
  services: Services,
  scene: Scene,
  step: Step,
  { token, until }: { token: string; until: number },
) => {
  const [record] = await Promise.all([
    writeStep(services.store, waitRecord(scene, step, until)),
    closeLastWait(services, scene),
  ]);
  if (await storeWait(services.store, scene.run.id, waitOf(scene, step, { token, until }, record.at))) return;
  await closeStep(services.store, record, { outcome: 'done', reason: 'ended', endedAt: iso(scene.now) });
  throw new Ended('the run has ended');
};

/**
 * Asked after the token was stored, of all that was heard before, and then of each event by itself: what
 * did not answer when it was heard is not judged again by what is true later. Nor is the step's own `if`.
 * @param heardAt ISO: when the one event was stored
 */
export const answerIfHeard = async (
  services: Services,
  scene: Scene,
  step: Step,
  { token, heardAt }: { token: string; heardAt?: string },
): Promise<boolean> => {
  const present = { ...scene, now: services.store.clock.now() };
  const facts = await loadFacts(services, present, step);
  const { if: _, ...asked } = step;
  const effects = runStep(asked as Step, heardAt === undefined ? facts : onlyOf(facts, Date.parse(heardAt)));
  const answer = effectOf(effects, 'answer');
  if (!answer || !(await settleToken(services.context.aws.sfn, token, answer.branch))) return false;
  const name = { contact: scene.run.contact, run: scene.run.id, step: step.id, visit: scene.visit };
  await closeStep(services.store, name, {
    outcome: 'answered',
    branch: answer.branch,
    answer: answer.answer,
    endedAt: iso(present.now),
  });
  return true;
};

const onlyOf = (facts: RunFacts, at: number): RunFacts => ({
  ...facts,
  heard: (on, since) => facts.heard(on, since).filter((heard) => heard.at === at),
});
