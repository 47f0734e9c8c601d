import { join } from 'node:path';
import { shareTable } from './events.ts';
import { runScript } from './process.ts';
import { profiled, timeByFunction, timeByPlace } from './profile.ts';
import { mailsPerRun } from './reference.ts';
import { type Found, rounded, type Section, type Tools } from './section.ts';
import { type TimedRuns, timeRuns } from './timed-runs.ts';

const rowOf = (heap: string, { ended, mails, seconds, enteringSeconds, cpuSeconds }: TimedRuns) => [
  ...[heap, ended, mails, rounded(seconds), rounded(enteringSeconds)],
  ...[rounded(ended / seconds), rounded((1000 * cpuSeconds) / ended)],
];

/** Everything as the demo has it, and then as `wayleaf start` has it. */
const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const [warming, count] = quick ? [50, 100] : [300, 2000];
  progress(0, 3, `${count} runs, warm and measured`);
  await timeRuns(join(folder, 'runs-warm'), warming);
  const timed = await timeRuns(join(folder, 'runs'), count);
  progress(1, 3, 'the same with a small heap');
  const smallArgs = [join(folder, 'runs-small-heap'), String(warming), String(count)];
  const small = await runScript<TimedRuns>(join(import.meta.dirname, 'runs-process.ts'), smallArgs);
  progress(2, 3, 'where the time goes');
  const profiledCount = quick ? 50 : 300;
  let profile: Awaited<ReturnType<typeof profiled>>['profile'] | undefined;
  await timeRuns(join(folder, 'runs-profiled'), profiledCount, async (work) => {
    ({ profile } = await profiled(work));
  });
  const perSecond = timed.ended / timed.seconds;
  return {
    tables: [
      {
        title: 'Reference journey (5 mails, 4 waits, 2 decisions), virtual clock, durable folder',
        header: [
          ...['heap', 'ended', 'mails', 'seconds', 'of it entering'],
          ...['complete runs per second', 'processor ms per run'],
        ],
        rows: [rowOf('as Node grows it: demo, simulate', timed), rowOf('kept small: start', small)],
      },
      shareTable('Where the time of runs goes (own time)', timeByPlace(profile!)),
      shareTable('The same by function', timeByFunction(profile!)),
    ],
    goals: [
      {
        what: 'complete reference journeys',
        measured: perSecond,
        comparison: 'at least',
        limit: 100,
        unit: 'per second',
      },
      {
        what: `mails that did not go out, of ${count * mailsPerRun}`,
        measured: count * mailsPerRun - timed.mails,
        ...{ comparison: 'at most', limit: 0, unit: '' },
      },
    ],
    notes: [
      'From the posted event to the end of the run: entering, all mails with their MIME, SES feedback for each, counting.',
      '`wayleaf start` keeps its heap small, so that ten thousand waiting runs fit a small machine; that costs time.',
    ],
  };
};

export const runs: Section = { name: 'runs', title: 'complete runs', run };
