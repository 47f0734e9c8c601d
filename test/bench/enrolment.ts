import { join } from 'node:path';
import { startsPerSecond } from '#policy/sending/pace';
import type { EnrolmentFound } from './enrolment-process.ts';
import { runScript } from './process.ts';
import { type Found, type Goal, median, rounded, type Section, type Table, type Tools } from './section.ts';

const script = join(import.meta.dirname, 'enrolment-process.ts');
const last = (values: readonly number[]): number => values.at(-1) ?? Number.NaN;

const run = async ({ folder, quick, progress }: Tools): Promise<Found> => {
  const [members, leads] = quick ? [500, 10] : [100_000, 100];
  progress(0, 1, `${members} members`);
  const args = [join(folder, 'enrolment'), String(members), String(leads)];
  const found = await runScript<EnrolmentFound>(script, args);
  return { tables: [latencies(found), entrants(found)], goals: goals(found), notes };
};

const notes = [
  'On the virtual clock: no second is idle, so leads have more beside them than beside a real enrolment.',
];

const latencies = ({ entered, alone, beside }: EnrolmentFound): Table => ({
  title: `Leads, from their event to the end of their first step, alone and while ${entered} members enter the same journey`,
  header: ['', 'leads', 'p50 ms', 'longest ms'],
  rows: [
    ['alone', alone.length, rounded(median(alone)), rounded(last(alone))],
    ['beside the enrolment', beside.length, rounded(median(beside)), rounded(last(beside))],
  ],
});

const entrants = ({ members, entered, seconds, mostPerSecond }: EnrolmentFound): Table => ({
  title: 'Members of the segment, by the clock of the world',
  header: ['members', 'entered', 'seconds', 'starts per second', 'in the fullest second, with leads'],
  rows: [[members, entered, seconds, rounded(entered / seconds), mostPerSecond]],
});

const goals = (found: EnrolmentFound): Goal[] => {
  const { members, alone, beside, runsPerContact } = found;
  const wanted = members + alone.length + beside.length;
  const { 1: once = 0, ...more } = runsPerContact;
  const doubled = Object.values(more).reduce((sum, count) => sum + count, 0);
  return [
    {
      what: `lost or doubled, of ${members} members and ${wanted - members} leads`,
      ...{ measured: Math.abs(wanted - once) + doubled, comparison: 'at most', limit: 0, unit: '' },
    },
    {
      what: 'starts in the fullest second, of the 150 that Step Functions takes',
      ...{ measured: found.mostPerSecond, comparison: 'at most', unit: '' },
      limit: startsPerSecond('eu-central-1'),
    },
    {
      what: 'a lead beside the enrolment, p50',
      ...{ measured: median(beside), comparison: 'at most', limit: 1_000, unit: 'ms' },
    },
  ];
};

export const enrolment: Section = { name: 'enrolment', title: 'A whole segment enters a journey', run };
