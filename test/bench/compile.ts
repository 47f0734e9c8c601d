import { checkDocument } from '#statemachines/checks/check';
import { compile as compileJourney } from '#statemachines/compile/compile';
import { syntheticJourney } from '../builders/journeys.ts';
import { type Found, type Goal, median, rounded, type Section, type Tools } from './section.ts';

const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Warm: what an editor or a server sees, not the first run of a cold compiler. */
const warmMedian = (work: () => void, rounds: number): number => {
  for (let i = 0; i < 5; i++) work();
  return median(Array.from({ length: rounds }, () => timed(work)));
};

const limits: Record<number, number> = { 200: 50, 2000: 1000 };

const measure = (steps: number, rounds: number) => {
  const journey = syntheticJourney(steps);
  const text = JSON.stringify(journey);
  return {
    steps,
    compileMs: warmMedian(() => compileJourney(journey), rounds),
    checkMs: warmMedian(() => checkDocument(text), Math.ceil(rounds / 3)),
    bytes: Buffer.byteLength(compileJourney(journey).text),
  };
};

const run = async ({ quick, progress }: Tools): Promise<Found> => {
  const found = Object.keys(limits).map((steps, i, all) => {
    progress(i, all.length, `${steps} steps`);
    return measure(Number(steps), quick ? 5 : 21);
  });
  const goals = found.flatMap(({ steps, compileMs, bytes }): Goal[] => [
    {
      what: `compiling ${steps} steps`,
      measured: compileMs,
      comparison: 'at most',
      limit: limits[steps]!,
      unit: 'ms',
    },
    { what: `ASL of ${steps} steps`, measured: bytes / 2 ** 20, comparison: 'at most', limit: 1, unit: 'MB' },
  ]);
  return {
    tables: [
      {
        title: 'Compiling synthetic journeys, warm medians',
        header: ['steps', 'compile ms', 'parse and check ms', 'ASL KB'],
        rows: found.map((f) => [f.steps, rounded(f.compileMs), rounded(f.checkMs), rounded(f.bytes / 1024)]),
      },
    ],
    goals,
    notes: [],
  };
};

export const compile: Section = { name: 'compile', title: 'compile times', run };
