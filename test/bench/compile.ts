import { createWorld } from '#infra/local/world';
import { simulationFolder } from '#infra/simulation/folder';
import { simulateIn } from '#infra/simulation/simulation';
import { checkDocument } from '#statemachines/checks/check';
import { compile as compileJourney } from '#statemachines/compile/compile';
import { drawDiff } from '#statemachines/diff/draw';
import { drawPicture } from '#statemachines/picture/picture';
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
/** A whole path by the embedded world: published, entered, every step done, every wait waited. */
const simulateLimitMs = 1000;

const start = Date.parse('2026-03-02T10:00:00Z');
const contact = {
  email: 'ada@example.com',
  phone: '+14155550123',
  firstName: 'Ada',
  consent: ['email', 'sms'],
};

const measureSimulation = async (steps: number, rounds: number) => {
  const document = syntheticJourney(steps);
  const folder = simulationFolder(document, JSON.stringify(document));
  const times: number[] = [];
  let walked = 0;
  for (let seed = 0; seed <= rounds; seed++) {
    const from = performance.now();
    const [simulation] = await simulateIn(createWorld)([{ contact, events: [] }], {
      document,
      folder,
      start,
      seed,
    });
    // The first one loads the functions.
    if (seed > 0) times.push(performance.now() - from);
    if (simulation?.ended.how !== 'completed')
      throw new Error(`the path was not walked to its end: ${simulation?.ended.how}`);
    walked = simulation.timeline.length;
  }
  return { steps, walked, milliseconds: median(times) };
};

/** Of an editor that colours while one types, and of a look at what was changed. */
const checkLimitMs = 300;

const measure = (steps: number, rounds: number) => {
  const journey = syntheticJourney(steps);
  const text = JSON.stringify(journey);
  const wrong = text.replaceAll('"email"', '"e-mail"');
  const changed = { ...journey, steps: journey.steps.toReversed() };
  const few = Math.ceil(rounds / 3);
  return {
    steps,
    compileMs: warmMedian(() => compileJourney(journey), rounds),
    checkMs: warmMedian(() => checkDocument(text), few),
    wrongMs: warmMedian(() => checkDocument(wrong), few),
    pictureMs: warmMedian(() => drawPicture(journey), few),
    diffMs: warmMedian(() => drawDiff(journey, changed), few),
    bytes: Buffer.byteLength(compileJourney(journey).text),
  };
};

const run = async ({ quick, progress }: Tools): Promise<Found> => {
  const found = Object.keys(limits).map((steps, i, all) => {
    progress(i, all.length, `${steps} steps`);
    return measure(Number(steps), quick ? 5 : 21);
  });
  progress(1, 1, 'a path of 2000 steps');
  const path = await measureSimulation(2000, quick ? 3 : 9);
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
  goals.push(
    ...found.map(
      ({ steps, checkMs }): Goal => ({
        ...{ what: `checking ${steps} steps`, measured: checkMs },
        ...{ comparison: 'at most', limit: checkLimitMs, unit: 'ms' },
      }),
    ),
  );
  goals.push({
    what: `simulating a path of ${path.steps} steps, ${path.walked} of them on it`,
    measured: path.milliseconds,
    comparison: 'at most',
    limit: simulateLimitMs,
    unit: 'ms',
  });
  return {
    tables: [
      {
        title: 'Compiling synthetic journeys, warm medians',
        header: [
          ...['steps', 'compile ms', 'ASL KB', 'parse and check ms', 'all of it wrong ms'],
          ...['picture ms', 'picture of the difference ms'],
        ],
        rows: found.map(({ steps, bytes, ...f }) => [
          ...[steps, rounded(f.compileMs), rounded(bytes / 1024), rounded(f.checkMs), rounded(f.wrongMs)],
          ...[rounded(f.pictureMs), rounded(f.diffMs)],
        ]),
      },
    ],
    goals,
    notes: [],
  };
};

export const compile: Section = { name: 'compile', title: 'compile times', run };
