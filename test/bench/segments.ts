import { join } from 'node:path';
import { runScript } from './process.ts';
import { type Found, rounded, type Section, type Tools } from './section.ts';
import type { SegmentsFound } from './segments-process.ts';

const script = join(import.meta.dirname, 'segments-process.ts');
const counts = [0, 10, 50] as const;

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const [contacts, events] = quick ? [200, 400] : [5_000, 10_000];
  const found: (SegmentsFound & { count: number })[] = [];
  for (const [i, count] of counts.entries()) {
    progress(i, counts.length, `${count} segments`);
    const args = [join(folder, `with-${count}`), String(count), String(contacts), String(events)];
    found.push({ count, ...(await runScript<SegmentsFound>(script, args)) });
  }
  const [none] = found;
  return {
    tables: [
      {
        title: `${events} events of ${contacts} contacts that all segments ask for, and one segment written anew`,
        header: [
          'segments',
          'events accepted and heard per second',
          'of none',
          'contacts looked at per second',
        ],
        rows: found.map(({ count, heardPerSecond, reviewedPerSecond }) => [
          count,
          rounded(heardPerSecond),
          `${Math.round((100 * heardPerSecond) / none!.heardPerSecond)} %`,
          count === 0 ? '' : rounded(reviewedPerSecond),
        ]),
      },
    ],
    goals: [],
    notes: [
      'An event that any segment asks for costs a look at the history of its contact and a transaction, however many ask.',
      'On AWS a backfill is bounded at 20,000 contacts a minute, so that it takes nothing from events.',
    ],
  };
};

export const segments: Section = { name: 'segments', title: 'Segments kept up with each event', run };
