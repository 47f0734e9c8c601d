import { iso } from '#kernel/clock';
import { Ended, Held } from '#kernel/errors';
import type { Run, RunWait } from '#model/run';
import { isGateOpen } from '#store/runs/gates';
import { holdRun, storeWait, unlistPaused } from '#store/runs/runs';
import { closeStep } from '#store/runs/steps';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { closeLastWait, nameOf } from './close-wait.ts';
import { settleToken } from './settle.ts';

/** A paused run looks again by itself after so long, should the resume have missed it. */
const pausedMs = 30 * 86_400_000;

/** When the step was first reached: a held message ages from here. */
export const reachedAt = ({ run: { held }, visit, now }: Scene, step: string): number =>
  held?.step === step && held.visit === visit ? Date.parse(held.since) : now;

/** The step may not happen yet: remembered on the run, then told to the machine. */
export const holdStep = async (
  { store }: Services,
  scene: Scene,
  step: string,
  { until, reason, leaves }: { until: number; reason: string; leaves?: RunWait | undefined },
): Promise<never> => {
  const since = iso(reachedAt(scene, step));
  const held = { step, visit: scene.visit, since, reason, until: iso(until) };
  if (!(await holdRun(store, scene.run.id, held, leaves))) throw new Ended('the run has ended');
  if (leaves)
    await closeStep(store, nameOf(scene, leaves), { outcome: 'done', reason, endedAt: iso(scene.now) });
  throw new Held(step, (until - scene.now) / 1000, reason);
};

/** @param what the channel that is paused, or `all`: the journey, or the whole client */
export const pausedHold = ({ now }: Scene, what = 'all') => ({
  until: now + pausedMs,
  reason: what === 'all' ? 'paused' : `${pausedChannel}${what}`,
});
const pausedChannel = 'paused-';

/** What holds a run, by the reason of its hold: the journey, or one channel in it. */
const pauseOf = ({ journey, held }: Run): { list: string; channel?: string } | undefined => {
  if (held?.reason === 'paused') return { list: journey };
  if (!held?.reason.startsWith(pausedChannel)) return undefined;
  const channel = held.reason.slice(pausedChannel.length);
  return { list: pausedList(journey, channel), channel };
};

/** Under this name runs are listed that a pause holds. */
export const pausedList = (journey: string, channel?: string): string =>
  channel === undefined ? journey : `${journey}/${channel}`;

/** The machine waits; a resumed journey, a goal or the time ends it. */
export const startHold = async (
  services: Services,
  scene: Scene,
  step: string,
  token: string,
): Promise<void> => {
  const { store, context } = services;
  const { run, visit, now } = scene;
  const paused = pauseOf(run);
  await closeLastWait(services, scene);
  const wait = {
    token,
    step,
    visit,
    kind: 'hold',
    since: iso(now),
    until: run.held?.until ?? iso(now),
    reason: run.held?.reason ?? 'held',
  } as const;
  if (!(await storeWait(store, run.id, wait, paused?.list))) throw new Ended('the run has ended');
  // The journey may have been resumed before this hold could be found.
  if (paused && (await isGateOpen(store, run.journey, run.contact, paused.channel)))
    await releaseHold(services, run.id, token);
  else if (!run.held) await settleToken(context.aws.sfn, token);
};

/** The held step is tried again now. */
export const releaseHold = async (
  { store, context }: Services,
  run: string,
  token: string,
): Promise<void> => {
  await settleToken(context.aws.sfn, token);
  await unlistPaused(store, run, token);
};
