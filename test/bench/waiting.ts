import { join } from 'node:path';
import { runScript } from './process.ts';
import { type Found, rounded, type Section, type Tools } from './section.ts';
import type { Waiting } from './waiting-world.ts';

const script = join(import.meta.dirname, 'waiting-world.ts');

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const count = quick ? 500 : 10_000;
  const data = join(folder, 'waiting');
  progress(0, 2, `${count} runs enter and wait`);
  const entered = await runScript<Waiting>(script, [data, 'enter', String(count)]);
  progress(1, 2, 'another process takes them up');
  const restarted = await runScript<Waiting>(script, [data, 'restart']);
  const row = (name: string, found: Waiting) => [
    name,
    found.running,
    rounded(found.rssMegabytes),
    rounded(found.heapMegabytes),
  ];
  return {
    tables: [
      {
        title: `${count} runs that wait`,
        header: ['process', 'running', 'RSS MB', 'heap MB after collection'],
        rows: [row('that they entered in', entered), row('that took them up', restarted)],
      },
    ],
    goals: [
      {
        what: `RSS with ${count} waiting runs, in a process that took them up`,
        measured: restarted.rssMegabytes,
        ...{ comparison: 'at most', limit: 512, unit: 'MB' },
      },
      {
        what: `RSS with ${count} waiting runs, right after all entered at once`,
        measured: entered.rssMegabytes,
        ...{ comparison: 'at most', limit: 512, unit: 'MB' },
      },
      {
        what: 'restart with them, from process start to ready',
        measured: restarted.readyMs / 1000,
        ...{ comparison: 'at most', limit: 5, unit: 's' },
      },
      {
        what: 'waiting runs lost by the restart',
        measured: count - restarted.running,
        ...{ comparison: 'at most', limit: 0, unit: '' },
      },
    ],
    notes: [],
  };
};

export const waiting: Section = { name: 'waiting', title: 'memory and restart with waiting runs', run };
