import { inLanes } from '#kernel/lanes';
import { unsettled } from '#store/keys';
import { readRun, unlistPaused } from '#store/runs/runs';
import type { Services } from '../../services.ts';
import { pausedList, releaseHold } from './hold.ts';

/** Step Functions takes 300 settled tasks a second; this many at once keep far below. */
const atOnce = 5;
const releasedPerCall = 500;

/**
 * Lets the runs go on that a pause had held, a bounded number at a time: what they do next is claimed
 * like anything else, and what became stale is skipped there. Answers how many were found.
 * @param channel those that its pause held; else those of the journey's, or the client's
 */
export const releasePaused = async (
  services: Services,
  journey: string,
  channel?: string,
): Promise<number> => {
  const keys = await services.store.main.query({
    pk: unsettled(`paused:${pausedList(journey, channel)}`, ''),
    index: 'unsettled',
    limit: releasedPerCall,
  });
  const runs = keys.map(({ sk }) => String(sk).replace(/^R#/, ''));
  await inLanes(atOnce, runs, (run) => release(services, run));
  return keys.length;
};

const release = async (services: Services, id: string): Promise<void> => {
  const run = await readRun(services.store, id);
  if (!run?.wait) return;
  if (run.wait.reason?.startsWith('paused')) await releaseHold(services, id, run.wait.token);
  else await unlistPaused(services.store, id, run.wait.token);
};
