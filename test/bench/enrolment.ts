import { join } from 'node:path';
import { startsPerSecond } from '#policy/sending/pace';
import type { EnrolmentFound } from './enrolment-process.ts';
import { runScript } from './process.ts';
import { type Found, median, type Section, type Tools } from './section.ts';

const script = join(import.meta.dirname, 'enrolment-process.ts');
const last = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const [members, leads] = quick ? [500, 10] : [10_000, 100];
  progress(0, 1, `${members} members`);
  const args = [join(folder, 'enrolment'), String(members), String(leads)];
  const { mostPerSecond, entered, alone, beside } = await runScript<EnrolmentFound>(script, args);
  return {
    tables: [
      {
        title: `${leads} leads, from their event to the start of their run, alone and while ${entered} members enter the same journey`,
        header: ['', 'p50 ms', 'longest ms'],
        rows: [
          ['alone', median(alone), last(alone)],
          ['beside the enrolment', median(beside), last(beside)],
        ],
      },
    ],
    goals: [
      {
        what: 'starts in the fullest second, of the 150 that Step Functions takes',
        measured: mostPerSecond,
        comparison: 'at most',
        limit: startsPerSecond('eu-central-1'),
        unit: '',
      },
      {
        what: 'a lead beside the enrolment, p50',
        measured: median(beside),
        comparison: 'at most',
        limit: 1_000,
        unit: 'ms',
      },
    ],
    notes: ['It begins with up to a minute of waiting: the schedules of the real clock come once a minute.'],
  };
};

export const enrolment: Section = { name: 'enrolment', title: 'A whole segment enters a journey', run };
