import { iso } from '#kernel/clock';
import { Ended } from '#kernel/errors';
import type { Run } from '#model/run';
import type { Step } from '#statemachines/document/schema';
import { moveRun, readRun } from '#store/runs/runs';
import type { Services } from '../services.ts';
import type { Scene } from './scene.ts';
import { startRun } from './start-run.ts';
import { secondsOf } from './waits/wait-step.ts';

/** Where the run goes on, and in which round of its loops. */
type Place = Pick<NonNullable<Run['execution']>, 'at' | 'visit'>;

/**
 * The run goes on in a new execution of the same version. Written first and started then; who falls
 * in between is followed by the machine's own retry, or by the sweep. False when the run has ended.
 */
export const continueRun = async (services: Services, run: Run, place: Place): Promise<boolean> => {
  const { store, versions, context } = services;
  const number = (run.execution?.number ?? 1) + 1;
  const execution = { number, ...place, startedAt: iso(store.clock.now()) };
  const moved = (await moveRun(store, run, execution)) ? { ...run, execution } : await readRun(store, run.id);
  if (!moved || moved.status === 'ended' || moved.execution?.number !== number) return false;
  await startRun(services, moved, await versions.get(run.journey, run.version));
  context.log.info('run-continued', { run: run.id, execution: number });
  return true;
};

/** From within a step: the old execution comes to its quiet end. */
export const continueAt = async (services: Services, scene: Scene, at: string): Promise<never> => {
  await continueRun(services, scene.run, { at, visit: scene.visit });
  throw new Ended('the run goes on in another execution');
};

const startedAt = ({ execution, startedAt }: Run): number => Date.parse(execution?.startedAt ?? startedAt);

/** Would this wait outlive the execution? Asked before anything is done, so that nothing is done twice. */
export const continueIfOld = async (
  services: Services,
  scene: Scene,
  { at, wait, until }: { at: string; wait?: Step | undefined; until?: string | undefined },
): Promise<void> => {
  const { settledMs, longestMs } = services.lifetime;
  const age = scene.now - startedAt(scene.run);
  if (!scene.version.continues || age < settledMs) return;
  const lasts = wait ? (await secondsOf(services, scene, wait)) * 1000 : 0;
  const end = Math.max(scene.now + lasts, until === undefined ? 0 : Date.parse(until));
  if (end - startedAt(scene.run) > longestMs) await continueAt(services, scene, at);
};

/** Has the execution gone through so many rounds that its history may become full? */
export const isWorn = ({ lifetime }: Services, { run, version, visit }: Scene): boolean => {
  const rounds = Math.max(1, Math.floor(lifetime.events / (lifetime.eventsPerStep * version.size)));
  return version.continues && visit - (run.execution?.visit ?? 1) >= rounds;
};
