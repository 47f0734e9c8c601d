import type { TableWrite } from '../contacts/contacts.ts';
import { bucket, countShards, main } from '../keys.ts';
import { untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { TransactionRefused, transact } from '../table.ts';

/** What is added to one journey version: `confirm|sent`, `confirm|skipped|no-consent`, … */
export interface CountDelta {
  journey: string;
  version: number;
  counts: ReadonlyMap<string, number>;
}

/** One record of the stream and what it adds. */
export interface Foldable {
  /** Of the record: the same at every delivery. */
  id: string;
  /** Of the record, which has it at every delivery; neighbours differ in the last digits. */
  sequence: string;
  delta: CountDelta;
}

/**
 * An update holds at most 300 operators, a condition 4 KB, a transaction 100 items and none of them
 * twice; these stay below, whatever the records say.
 */
const countsPerItem = 80;
const itemsPerFold = 90;
export const countsPerFold = countsPerItem * countShards;
const keptDays = 3;

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const addWrite = (
  store: Store,
  { journey, version }: Omit<CountDelta, 'counts'>,
  counts: readonly (readonly [string, number])[],
  shard: number,
): Extract<TableWrite, { update: string }> => ({
  table: store.main,
  key: main.count(journey, version, shard),
  update: `ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
  names: Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])),
  values: Object.fromEntries(counts.map(([, n], i) => [`:c${i}`, n])),
});

const sum = (deltas: readonly CountDelta[]): CountDelta[] => {
  const sums = new Map<string, CountDelta & { counts: Map<string, number> }>();
  for (const { journey, version, counts } of deltas) {
    const of = `${journey}#${version}`;
    const known = sums.get(of) ?? { journey, version, counts: new Map<string, number>() };
    sums.set(of, known);
    for (const [name, n] of counts) known.counts.set(name, (known.counts.get(name) ?? 0) + n);
  }
  return [...sums.values()];
};

const addWrites = (store: Store, delta: CountDelta, first: number): TableWrite[] =>
  chunks(
    [...delta.counts].filter(([, n]) => n !== 0),
    countsPerItem,
  ).map((counts, i) => addWrite(store, delta, counts, (first + i) % countShards));

/** A hundred neighbours at most share a mark, so that no mark grows; where numbers have gaps there are more marks, not wrong ones. */
const markOf = ({ sequence }: Foldable): string => sequence.slice(0, -2);

/**
 * Which of some neighbouring records are folded. A record always meets the same item, so it counts
 * once however its batch is cut, doubled or delivered again.
 */
const seenWrite = (store: Store, mark: string, ids: readonly string[]): TableWrite => ({
  table: store.main,
  key: main.fold(mark),
  update: 'ADD seen :ids SET expiresAt = :expiresAt',
  condition: ids.map((_, i) => `NOT contains(seen, :id${i})`).join(' AND '),
  values: {
    ':ids': new Set(ids),
    ':expiresAt': Math.floor(store.clock.now() / 1000) + keptDays * 86_400,
    ...Object.fromEntries(ids.map((id, i) => [`:id${i}`, id])),
  },
});

const fold = async (store: Store, records: readonly Foldable[]): Promise<void> => {
  const [first] = records;
  if (!first) return;
  const marks = [...Map.groupBy(records, markOf)].map(([mark, of]) =>
    seenWrite(
      store,
      mark,
      of.map(({ id }) => id),
    ),
  );
  const counts = sum(records.map(({ delta }) => delta)).flatMap((delta) =>
    addWrites(store, delta, bucket(first.id, countShards)),
  );
  try {
    await transact(store.dynamodb, [...marks, ...counts]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    const seen = new Set(error.found.flatMap((item) => (item?.seen instanceof Set ? [...item.seen] : [])));
    const unseen = records.filter(({ id }) => !seen.has(id));
    if (unseen.length === records.length) throw error;
    await fold(store, unseen);
  }
};

/** The items that adding it touches. */
const touched = (record: Foldable): string[] => [
  markOf(record),
  `${record.delta.journey}#${record.delta.version}`,
];

/** As many records as one transaction takes. */
const portions = (records: readonly Foldable[]): Foldable[][] => {
  const all: Foldable[][] = [];
  let items = new Set<string>();
  let room = 0;
  for (const record of records) {
    const { size } = record.delta.counts;
    const last = all.at(-1);
    const more = touched(record).filter((item) => !items.has(item));
    if (last && room >= size && items.size + more.length <= itemsPerFold) {
      last.push(record);
      for (const item of more) items.add(item);
      room -= size;
    } else {
      all.push([record]);
      items = new Set(touched(record));
      room = countsPerFold - size;
    }
  }
  return all;
};

/** Adds what the records say, each once. Records of one item stay in their order. */
export const foldCounts = async (store: Store, records: readonly Foldable[]): Promise<void> => {
  for (const some of portions(records)) await untilSettled(() => fold(store, some));
};

/** Where a segment is counted: no journey may have such a name. */
export const segmentCounters = (segment: string): Omit<CountDelta, 'counts'> => ({
  journey: `segment:${segment}`,
  version: 0,
});

/** Sums over all shards, by version. */
export const readCounts = async (
  store: Store,
  journey: string,
): Promise<Map<number, Map<string, number>>> => {
  const versions = new Map<number, Map<string, number>>();
  for (const { pk, sk, ...counts } of await store.main.query({ pk: main.count(journey, 0, 0).pk })) {
    const version = Number(String(sk).split('#')[1]);
    const sums = versions.get(version) ?? new Map<string, number>();
    for (const [name, n] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + Number(n));
    versions.set(version, sums);
  }
  return versions;
};

/** How many members each segment has, as far as the stream was folded. */
export const countMembers = async (store: Store, segment: string): Promise<number> =>
  (await readCounts(store, segmentCounters(segment).journey)).get(0)?.get('|members') ?? 0;

/** One count outside a stream, such as posts that a robot made. Lost counts are of no consequence. */
export const count = async (
  store: Store,
  of: Omit<CountDelta, 'counts'>,
  name: string,
  spread: string,
): Promise<void> => {
  const { key, ...expression } = addWrite(store, of, [[name, 1]], bucket(spread, countShards));
  await store.main.update(key, expression);
};
