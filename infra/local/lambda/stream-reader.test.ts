import { expect, test } from 'vitest';
import { type Database, openDatabase } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { createVirtualClock } from '../time/clock.ts';
import { createBackground } from './background.ts';
import type { TriggerOf } from './functions.ts';
import { createQuarantine } from './quarantine.ts';
import type { StreamEntry, StreamRecord } from './stream-batch.ts';
import { createStreamReader, type Redelivery } from './stream-reader.ts';

const start = Date.parse('2026-03-01T08:00:00Z');

const change = (
  sequence: number,
  pk: string,
  sk = 'E#1',
  eventName: StreamRecord['eventName'] = 'INSERT',
): StreamRecord => ({
  eventID: `id-${sequence}`,
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  eventSourceARN: 'arn',
  dynamodb: {
    ApproximateCreationDateTime: start / 1000,
    Keys: { pk: { S: pk }, sk: { S: sk } },
    SequenceNumber: String(sequence).padStart(21, '0'),
    SizeBytes: 1,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
});
const entryOf = (record: StreamRecord): StreamEntry => ({
  sequence: record.dynamodb.SequenceNumber,
  partition: record.dynamodb.Keys.pk?.S ?? '',
  record: () => record,
  plain: () => ({ sequence: Number(record.dynamodb.SequenceNumber), at: start, byService: false }),
});
const sequencesOf = (records: readonly StreamRecord[]): number[] =>
  records.map((r) => Number(r.dynamodb.SequenceNumber));

interface Setup {
  handle?: (records: StreamRecord[]) => unknown;
  trigger?: Partial<TriggerOf<'stream'>>;
  redeliver?: Redelivery;
  mostAtOnce?: () => number;
  db?: Database;
  clock?: WorldClock;
  stream?: StreamRecord[];
}

const setUp = ({
  handle = () => undefined,
  trigger = {},
  redeliver = {},
  mostAtOnce,
  db,
  clock,
  stream = [],
}: Setup = {}) => {
  const database = db ?? openDatabase(':memory:');
  const time = clock ?? createVirtualClock(start);
  const batches: number[][] = [];
  const quarantine = createQuarantine(database, time);
  const reader = createStreamReader({
    db: database,
    clock: time,
    source: {
      read(after, limit, wanted) {
        const found = stream.filter((r) => r.dynamodb.SequenceNumber > after).slice(0, limit);
        const last = found.at(-1)?.dynamodb.SequenceNumber ?? '';
        const records = found.filter((r) => wanted(r.eventName, r.dynamodb.Keys.sk?.S ?? ''));
        return { entries: records.map(entryOf), last, count: found.length };
      },
    },
    functionName: 'hear-event',
    trigger: {
      kind: 'stream',
      sortKeys: ['E#'],
      events: ['INSERT'],
      batchSize: 10,
      windowSeconds: 0,
      ...trigger,
    },
    invoke: async (entries) => {
      const Records = entries.map((entry) => entry.record());
      batches.push(sequencesOf(Records));
      await new Promise((resolve) => setImmediate(resolve));
      return handle(Records);
    },
    quarantine,
    background: createBackground(),
    mostAtOnce,
    redeliver,
  });
  const pass = async (seconds: number) => {
    await time.advanceTo(time.now() + seconds * 1000, () => reader.settle());
    await reader.settle();
  };
  return { reader, batches, quarantine, stream, pass, db: database, clock: time };
};

const isOf = (pk: string) => (record: StreamRecord) => record.dynamodb.Keys.pk?.S === pk;

test('hands over in batches what the trigger asks for, and nothing else', async () => {
  const stream = [
    change(1, 'C#a'),
    change(2, 'C#a', 'R#1'),
    change(3, 'C#a', 'E#2', 'MODIFY'),
    change(4, 'C#a', 'E#3'),
  ];
  for (let i = 5; i < 30; i++) stream.push(change(i, 'C#a'));
  const { reader, batches } = setUp({ stream });
  await reader.settle();
  expect(batches.map((b) => b.length)).toEqual([10, 10, 7]);
  expect(batches.flat().slice(0, 3)).toEqual([1, 4, 5]);
});

test('each contact is heard in order, whatever happens to the others', async () => {
  const stream = Array.from({ length: 300 }, (_, i) => change(i + 1, `C#${i % 17}`));
  const { reader, batches } = setUp({ stream, redeliver: { shuffle: Math.random } });
  await reader.settle();
  const heard = batches.flat();
  expect(heard).toHaveLength(300);
  for (const [, sequences] of Map.groupBy(heard, (s) => (s - 1) % 17))
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
});

test('mixes contacts and hands over twice when told to', async () => {
  const stream = Array.from({ length: 40 }, (_, i) => change(i + 1, `C#${i % 4}`));
  const twice = setUp({ stream, redeliver: { twice: true } });
  await twice.reader.settle();
  expect(twice.batches.flat().sort((a, b) => a - b)).toEqual(sequencesOf(stream).flatMap((s) => [s, s]));
  let state = 7;
  const draw = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const mixed = setUp({ stream, trigger: { windowSeconds: 1, batchSize: 40 }, redeliver: { shuffle: draw } });
  await mixed.reader.settle();
  expect(mixed.batches[0]).not.toEqual(sequencesOf(stream));
});

test('what a function reports as failed comes again from there, later, and no earlier', async () => {
  let broken = true;
  const stream = [1, 2, 3, 4].map((s) => change(s, 'C#a'));
  const failing = stream[2]!.dynamodb.SequenceNumber;
  const { reader, batches, pass } = setUp({
    stream,
    handle: (records) => ({
      batchItemFailures:
        broken && records.some((r) => r.dynamodb.SequenceNumber === failing)
          ? [{ itemIdentifier: failing }]
          : [],
    }),
  });
  await reader.settle();
  expect(batches).toEqual([[1, 2, 3, 4]]);
  broken = false;
  await reader.settle();
  expect(batches).toHaveLength(1);
  await pass(1);
  expect(batches).toEqual([
    [1, 2, 3, 4],
    [3, 4],
  ]);
});

test('a failure without a name brings the whole batch again', async () => {
  let calls = 0;
  const stream = [change(1, 'C#a'), change(2, 'C#a')];
  const { reader, batches, pass } = setUp({
    stream,
    handle: () => (calls++ === 0 ? { batchItemFailures: [{ itemIdentifier: 'x' }] } : undefined),
  });
  await pass(5);
  await reader.settle();
  expect(batches.flat()).toEqual([1, 2, 1, 2]);
});

test('one poison record is tried in bounds, parked with its reason, and holds nobody else up', async () => {
  const stream = Array.from({ length: 20 }, (_, i) => change(i + 1, 'C#a'));
  stream.push(change(21, 'C#other'));
  const { reader, batches, quarantine, pass } = setUp({
    stream,
    handle: (records) => {
      if (records.some((r) => r.dynamodb.SequenceNumber === stream[6]!.dynamodb.SequenceNumber))
        throw new TypeError('cannot read');
    },
  });
  await reader.settle();
  expect(batches.flat()).toContain(21);
  await pass(3600);
  expect(new Set(batches.flat())).toEqual(new Set(sequencesOf(stream)));
  expect(batches.filter((b) => b.length === 1 && b[0] === 7)).toHaveLength(11);
  expect(quarantine.list()).toMatchObject([
    {
      functionName: 'hear-event',
      reason: 'TypeError: cannot read',
      event: { Records: [{ eventID: 'id-7' }] },
    },
  ]);
});

test('waits for a full batch as long as its window, but not for ever', async () => {
  const { reader, batches, stream, clock } = setUp({ trigger: { windowSeconds: 5, batchSize: 3 } });
  const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  stream.push(change(1, 'C#a'));
  reader.poke();
  await quiet();
  expect(batches).toEqual([]);
  stream.push(change(2, 'C#b'), change(3, 'C#c'));
  reader.poke();
  await quiet();
  expect(batches).toEqual([[1, 2, 3]]);
  stream.push(change(4, 'C#a'));
  reader.poke();
  await quiet();
  await clock.advanceTo(clock.now() + 5_000, quiet);
  await quiet();
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('goes on where it was after a restart, and may repeat, but never skips', async () => {
  const stream = [change(1, 'C#a'), change(2, 'C#b'), change(3, 'C#a'), change(4, 'C#b')];
  const db = openDatabase(':memory:');
  const first = setUp({
    stream,
    db,
    handle: (records) =>
      records.some(isOf('C#b'))
        ? { batchItemFailures: [{ itemIdentifier: records[0]!.dynamodb.SequenceNumber }] }
        : undefined,
  });
  await first.reader.settle();
  await new Promise((resolve) => setTimeout(resolve, 5));
  first.reader.stop();
  const second = setUp({ stream, db });
  await second.reader.settle();
  expect(new Set(second.batches.flat())).toEqual(new Set([2, 3, 4]));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const third = setUp({ stream, db });
  await third.reader.settle();
  expect(third.batches).toEqual([]);
});

test('reads a long stream in pieces', async () => {
  const stream = Array.from({ length: 6000 }, (_, i) => change(i + 1, `C#${i % 50}`));
  const { reader, batches } = setUp({ stream, trigger: { batchSize: 100 } });
  await reader.settle();
  expect(new Set(batches.flat()).size).toBe(6000);
});

test('hands over less at once where that is asked, and all of it in the end', async () => {
  const stream = Array.from({ length: 10 }, (_, i) => change(i + 1, 'C#a'));
  const mosts = [3, 2, Number.POSITIVE_INFINITY];
  const { reader, batches } = setUp({ stream, mostAtOnce: () => mosts.shift()! });
  await reader.settle();
  expect(batches.map((batch) => batch.length)).toEqual([3, 2, 5]);
});

test('does not wait for a full batch while somebody waits for quiet, though nothing was known when they came', async () => {
  const { reader, batches, stream } = setUp({ trigger: { windowSeconds: 5, batchSize: 3 } });
  stream.push(change(1, 'C#a'));
  await reader.settle();
  expect(batches).toEqual([[1]]);
});
