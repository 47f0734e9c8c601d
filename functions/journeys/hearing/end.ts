import { iso } from '#kernel/clock';
import type { Run } from '#model/run';
import { endRun, readRun } from '#store/runs/runs';
import { closeStep } from '#store/runs/steps';
import { endToken } from '../running/waits/settle.ts';
import type { Services } from '../services.ts';

type End = Pick<Run, 'converted'> & { ended: NonNullable<Run['ended']> };
const maxLooks = 5;

/** Ends the run in the store first, then tells its machine, also in the middle of a wait. */
export const endNow = async (services: Services, run: Run, end: End): Promise<boolean> => {
  const endedAt = iso(services.store.clock.now());
  let current: Run | undefined = run;
  for (let look = 1; look <= maxLooks && current; look++) {
    const result = await endRun(services.store, current, { ...end, endedAt });
    if (result === 'already-ended') return false;
    if (result === 'ended') {
      await leaveWait(services, current, { how: end.ended.how, endedAt });
      return true;
    }
    current = await readRun(services.store, run.id);
  }
  throw new Error('the run changed with each look; try again');
};

/** Also what a repeat does for a run that was ended by the same event, should the first have fallen here. */
export const leaveWait = async (
  { store, context }: Services,
  { id, contact, wait }: Run,
  { how, endedAt }: { how: string; endedAt: string },
): Promise<void> => {
  if (!wait) return;
  await endToken(context.aws.sfn, wait.token, { how });
  if (wait.kind === 'hold') return;
  const name = { contact, run: id, step: wait.step, visit: wait.visit };
  await closeStep(store, name, { outcome: 'done', reason: how, endedAt });
};
