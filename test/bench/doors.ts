import { join } from 'node:path';
import { type Child, startChild } from '../support/child.ts';
import { openClient } from './open-client.ts';
import type { Arrivals, Kind } from './open-loop.ts';
import { runScript } from './process.ts';
import { type Found, median, rounded, type Section, type Tools } from './section.ts';

const here = import.meta.dirname;

/** Requests a second: a busy website, far from the most that the world can take. */
const plans: readonly { kind: Kind; what: string; perSecond: number; events: number }[] = [
  { kind: 'event', what: 'single events', perSecond: 300, events: 1 },
  { kind: 'batch', what: 'batches of 100 events', perSecond: 3, events: 100 },
  { kind: 'form', what: 'forms', perSecond: 20, events: 1 },
];

const arrivals = (world: Child, plan: (typeof plans)[number], seconds: number, prefix: string) =>
  runScript<Arrivals>(join(here, 'open-loop.ts'), [
    ...[world.url, plan.kind, String(plan.perSecond), String(seconds), prefix],
  ]);

type Measured = (typeof plans)[number] & { rounds: Arrivals[] };

const measure = async ({ folder, quick, progress }: Tools): Promise<Measured[]> => {
  const [rounds, seconds] = quick ? [1, 2] : [3, 10];
  const client = openClient(folder);
  const world = await startChild(join(here, '../../infra/cli/wayleaf.ts'), [
    ...['start', '--port', '0', '--clock', 'real', '--client', client, '--data', join(folder, 'doors')],
  ]);
  const measured: Measured[] = plans.map((plan) => ({ ...plan, rounds: [] }));
  try {
    for (const plan of plans) await arrivals(world, plan, 1, `warm-${plan.kind}`);
    for (let round = 1; round <= rounds; round++)
      for (const [i, plan] of measured.entries()) {
        progress((round - 1) * plans.length + i, rounds * plans.length, plan.what);
        plan.rounds.push(await arrivals(world, plan, seconds, `${plan.kind}-${round}`));
      }
    return measured;
  } finally {
    await world.kill('SIGKILL');
  }
};

const rowOf = ({ what, perSecond, events, rounds }: Measured) => [
  what,
  perSecond,
  perSecond * events,
  rounded(median(rounds.map(({ p50 }) => p50))),
  rounded(median(rounds.map(({ p99 }) => p99))),
  rounds.reduce((sum, { refused }) => sum + refused, 0),
];

const run = async (tools: Tools): Promise<Found> => {
  const measured = await measure(tools);
  return {
    tables: [
      {
        title: `Arrivals at planned times, medians of ${measured[0]?.rounds.length} rounds; time counts from when a request was to be sent`,
        header: ['', 'requests per second', 'events per second', 'p50 ms', 'p99 ms', 'refused'],
        rows: measured.map(rowOf),
      },
    ],
    goals: measured.map(({ what, rounds }) => ({
      what: `${what}, p99 from the planned time`,
      measured: median(rounds.map(({ p99 }) => p99)),
      comparison: 'at most' as const,
      limit: 100,
      unit: 'ms',
    })),
    notes: ['Hearing what was accepted runs beside it, and every form starts a run of the sample journey.'],
  };
};

export const doors: Section = { name: 'doors', title: 'What a visitor waits for', run };
