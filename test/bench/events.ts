import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { openDatabase } from '#infra/local/sqlite/database';
import { type Child, startChild } from '../support/child.ts';
import type { Load } from './load.ts';
import { ask, runScript } from './process.ts';
import type { Share } from './profile.ts';
import { type Found, median, rounded, type Section, type Table, type Tools } from './section.ts';

const here = import.meta.dirname;
const connections = 50;

const load = (url: string, seconds: number, prefix: string): Promise<Load> =>
  runScript<Load>(join(here, 'load.ts'), [url, String(seconds), String(connections), prefix]);

const idsOf = (prefix: string, { sent, refused }: Load): string[] => {
  const missing = new Set(refused);
  return Array.from({ length: sent }, (_, n) => n)
    .filter((n) => !missing.has(n))
    .map((n) => `${prefix}-${n}`);
};

/** What a process that was killed has left on the disk, read by another one. */
const storedIds = async (data: string): Promise<Set<string>> => {
  const db = openDatabase(join(data, 'world.sqlite'));
  const dynamo = createDynamo({ db, clock: { now: Date.now, at: () => () => {} } });
  const ids = new Set<string>();
  let start: Record<string, never> | undefined;
  do {
    const page = await dynamo.execute('Scan', {
      TableName: 'wayleaf-acme-main',
      ProjectionExpression: 'id',
      FilterExpression: 'kind = :event',
      ExpressionAttributeValues: { ':event': { S: 'event' } },
      ExclusiveStartKey: start,
    });
    for (const item of page.Items ?? []) ids.add(item.id?.S ?? '');
    start = page.LastEvaluatedKey as typeof start;
  } while (start);
  dynamo.stop();
  await db.close();
  return ids;
};

interface Rounds {
  bare: Load[];
  world: Load[];
  acknowledged: string[];
}

const compare = async (bare: Child, world: Child, { quick, progress }: Tools): Promise<Rounds> => {
  const [rounds, seconds] = quick ? [2, 1] : [7, 3];
  const found: Rounds = { bare: [], world: [], acknowledged: [] };
  for (let round = 0; round <= rounds; round++) {
    const warming = round === 0;
    progress(round, rounds, warming ? 'warming up' : 'bare, world, bare, world …');
    const reference = await load(bare.url, warming ? 1 : seconds, `bare-${round}`);
    const ours = await load(world.url, warming ? 2 : seconds, `round-${round}`);
    found.acknowledged.push(...idsOf(`round-${round}`, ours));
    if (warming) continue;
    found.bare.push(reference);
    found.world.push(ours);
  }
  return found;
};

const measure = async (tools: Tools): Promise<Rounds & { lost: number }> => {
  const data = join(tools.folder, 'events');
  mkdirSync(data, { recursive: true });
  const bare = await startChild(join(here, 'bare-server.ts'), [join(data, 'bare.sqlite')]);
  const world = await startChild(join(here, '../../infra/cli/wayleaf.ts'), [
    ...['start', '--port', '0', '--clock', 'real', '--data', data],
  ]);
  try {
    const rounds = await compare(bare, world, tools);
    await world.kill('SIGKILL');
    const stored = await storedIds(data);
    return { ...rounds, lost: rounds.acknowledged.filter((id) => !stored.has(id)).length };
  } finally {
    await bare.kill('SIGKILL');
    if (world.process.exitCode === null && world.process.signalCode === null) await world.kill('SIGKILL');
  }
};

interface Profile {
  places: Share[];
  functions: Share[];
  idle: number;
}

/** A world of its own, so that the profiler is not in the numbers. */
const profile = async ({ folder, quick, progress }: Tools) => {
  progress(1, 1, 'where the time goes');
  const world = await startChild(join(here, 'world-server.ts'), [join(folder, 'profiled')]);
  try {
    await load(world.url, 2, 'warm');
    await ask(world, 'drain');
    await ask(world, 'profile');
    const loaded = await load(world.url, quick ? 1 : 4, 'profiled');
    const found = await ask<Profile>(world, 'stop');
    const behind = await ask<{ seconds: number }>(world, 'drain');
    return { ...found, sent: loaded.sent, drainSeconds: behind.seconds };
  } finally {
    await world.kill('SIGKILL');
  }
};

const tableOf = ({ bare, world }: Rounds): Table => {
  const columns = [
    ['accepted per second', (l: Load) => l.perSecond],
    ['p50 ms', (l: Load) => l.p50],
    ['p99 ms', (l: Load) => l.p99],
  ] as const;
  const row = (name: string, loads: readonly Load[]) => [
    name,
    ...columns.map(([, pick]) => rounded(median(loads.map(pick)))),
  ];
  return {
    title: `Single events through HTTP, ${connections} connections, medians of ${bare.length} rounds in turn`,
    header: ['', ...columns.map(([title]) => title)],
    rows: [
      row('bare server, one transaction each', bare),
      row('wayleaf', world),
      ['ratio (median of rounds)', ...columns.map(([, pick]) => rounded(ratio({ bare, world }, pick)))],
    ],
  };
};

const ratio = ({ bare, world }: Pick<Rounds, 'bare' | 'world'>, pick: (load: Load) => number): number =>
  median(world.map((ours, i) => pick(ours) / pick(bare[i]!)));

export const shareTable = (title: string, shares: readonly Share[]): Table => ({
  title,
  header: ['where', 'percent'],
  rows: shares.map(({ place, percent }) => [place, percent]),
});

const run = async (tools: Tools): Promise<Found> => {
  const measured = await measure(tools);
  const { places, functions, idle, sent, drainSeconds } = await profile(tools);
  return {
    tables: [
      tableOf(measured),
      shareTable(`Where the world's time goes under that load (own time; ${idle} % idle)`, places),
      shareTable('The same by function', functions),
    ],
    goals: [
      {
        what: 'accepted per second, of the bare server',
        measured: ratio(measured, (l) => l.perSecond),
        ...{ comparison: 'at least', limit: 0.3, unit: '×' },
      },
      {
        what: "p99, of the bare server's",
        measured: ratio(measured, (l) => l.p99),
        ...{ comparison: 'at most', limit: 2, unit: '×' },
      },
      {
        what: `acknowledged events missing after kill -9, of ${measured.acknowledged.length}`,
        measured: measured.lost,
        ...{ comparison: 'at most', limit: 0, unit: '' },
      },
    ],
    notes: [
      'Accepted is stored and fsynced. The journeys hear of events behind that, and give way to requests while they come:',
      `after ${sent} events as fast as they could be accepted, it took ${drainSeconds.toFixed(1)} s more until all were heard and counted.`,
    ],
  };
};

export const events: Section = { name: 'events', title: 'events accepted durably', run };
