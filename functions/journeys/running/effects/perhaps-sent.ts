import { durationMs } from '#kernel/durations';
import type { StepRecord } from '#model/run';
import { mayHaveBeenSent } from '#policy/sending/restored';
import type { WaitStep } from '#statemachines/steps/wait/schema';
import { readSending } from '#store/catalogue/sending';
import { stepsOfRun } from '#store/runs/steps';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';
import { closeLastWait } from '../waits/close-wait.ts';

/** By a world that was lost, after the backup that this one was restored from. */
export const wasPerhapsSent = async (services: Services, scene: Scene): Promise<boolean> => {
  const { catalogue, store } = services;
  const { run, now } = scene;
  const { restored } = await catalogue.cached('sending', () => readSending(store));
  if (!restored || !mayHaveBeenSent(restored, run, { now, waitedMs: 0 })) return false;
  await closeLastWait(services, scene);
  const steps = await stepsOfRun(store, run.contact, run.id);
  return mayHaveBeenSent(restored, run, {
    now,
    waitedMs: waitedSince(scene, steps, Date.parse(restored.from)),
  });
};

/** What was under way at the backup counts from there. */
const waitedSince = ({ version }: Scene, steps: readonly StepRecord[], from: number): number => {
  const waits = steps.filter(({ type, endedAt }) => type === 'wait' && endedAt !== undefined);
  const lengths = waits.map(({ step, at }) => {
    const begun = Date.parse(at);
    return begun + lengthOf(version.step(step) as WaitStep) - Math.max(begun, from);
  });
  return lengths.reduce((sum, ms) => sum + Math.max(0, ms), 0);
};

/** At least; a day of the calendar may come at once. */
const lengthOf = ({ for: length }: WaitStep): number => {
  if (length === undefined) return 0;
  return durationMs(typeof length === 'string' ? length : length.between[0]);
};
