import { chunksOf } from '#kernel/chunks';
import { type Book, bucket, countRange, countShards, main } from '../keys.ts';
import { untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { type Item, type TableWrite, TransactionRefused, transact } from '../table.ts';
import { readBooks, readingOf } from './books.ts';

/** What is added to one journey version, or another subject: `confirm|sent`, `confirm|skipped|no-consent`, … */
export interface CountDelta {
  journey: string;
  version: number;
  /** Of one day of the client's calendar; of all time when left out. */
  day?: string | undefined;
  /** The first one when left out. */
  book?: Book | undefined;
  counts: ReadonlyMap<string, number>;
}

/** One record of the stream, or a part of it, and what it adds. */
export interface Foldable {
  /** The same at every delivery. */
  id: string;
  /** Of the record, which has it at every delivery; neighbours differ in the last digits. */
  sequence: string;
  deltas: readonly CountDelta[];
}

/**
 * An update holds at most 300 operators, a condition 4 KB, a transaction 100 items and none of them
 * twice; these stay below, whatever the records say.
 */
const countsPerItem = 80;
const itemsPerFold = 90;
const idsPerMark = 100;
/** Of one row: it is spread over as many items as it has shards. */
const countsPerRow = countsPerItem * countShards;
const keptDays = 3;

const rowOf = ({ journey, version, day = '', book = 0 }: Omit<CountDelta, 'counts'>): string =>
  `${journey}#${version}#${day}#${book}`;

const addWrite = (
  store: Store,
  { journey, version, day, book }: Omit<CountDelta, 'counts'>,
  counts: readonly (readonly [string, number])[],
  shard: number,
): Extract<TableWrite, { update: string }> => ({
  table: store.main,
  key: main.count(journey, version, shard, { day, book }),
  update: `ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
  names: Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])),
  values: Object.fromEntries(counts.map(([, n], i) => [`:c${i}`, n])),
});

const sum = (deltas: readonly CountDelta[]): CountDelta[] => {
  const sums = new Map<string, CountDelta & { counts: Map<string, number> }>();
  for (const { counts, ...row } of deltas) {
    const of = rowOf(row);
    const known = sums.get(of) ?? { ...row, counts: new Map<string, number>() };
    sums.set(of, known);
    for (const [name, n] of counts) known.counts.set(name, (known.counts.get(name) ?? 0) + n);
  }
  return [...sums.values()];
};

const addWrites = (store: Store, delta: CountDelta, first: number): TableWrite[] =>
  chunksOf(
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
  const counts = sum(records.flatMap(({ deltas }) => deltas)).flatMap((delta) =>
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

/** What one transaction holds so far. */
interface Portion {
  records: Foldable[];
  /** Of each row the names that are added to. */
  rows: Map<string, Set<string>>;
  marks: Map<string, number>;
  /** That the rows need. */
  items: number;
}

const emptyPortion = (): Portion => ({ records: [], rows: new Map(), marks: new Map(), items: 0 });

const itemsFor = (names: number): number => Math.ceil(names / countsPerItem);

const takes = ({ rows, marks, items }: Portion, record: Foldable): boolean => {
  const mark = markOf(record);
  if ((marks.get(mark) ?? 0) >= idsPerMark) return false;
  let needed = items + marks.size + (marks.has(mark) ? 0 : 1);
  for (const delta of record.deltas) {
    const known = rows.get(rowOf(delta));
    let size = known?.size ?? 0;
    for (const name of delta.counts.keys()) if (!known?.has(name)) size++;
    if (size > countsPerRow) return false;
    needed += itemsFor(size) - itemsFor(known?.size ?? 0);
  }
  return needed <= itemsPerFold;
};

const add = (portion: Portion, record: Foldable): void => {
  const { records, rows, marks } = portion;
  records.push(record);
  marks.set(markOf(record), (marks.get(markOf(record)) ?? 0) + 1);
  for (const delta of record.deltas) {
    const row = rowOf(delta);
    const names = rows.get(row) ?? new Set<string>();
    rows.set(row, names);
    portion.items -= itemsFor(names.size);
    for (const name of delta.counts.keys()) names.add(name);
    portion.items += itemsFor(names.size);
  }
};

/** As many records as one transaction takes. One that alone is too much was cut by whoever made it. */
const portions = (records: readonly Foldable[]): Foldable[][] => {
  const all = [emptyPortion()];
  for (const record of records) {
    if (all.at(-1)!.records.length > 0 && !takes(all.at(-1)!, record)) all.push(emptyPortion());
    add(all.at(-1)!, record);
  }
  return all.map((portion) => portion.records).filter((some) => some.length > 0);
};

/** What one record adds, in parts that one transaction takes; the same cut at each delivery. */
export const inParts = (deltas: readonly CountDelta[]): CountDelta[][] => {
  const pieces = deltas.flatMap(({ counts, ...row }) =>
    chunksOf([...counts], countsPerRow).map((some) => ({ ...row, counts: new Map(some) })),
  );
  const parts: CountDelta[][] = [];
  let room = 0;
  let rows = new Set<string>();
  for (const piece of pieces) {
    const items = itemsFor(piece.counts.size);
    if (parts.length === 0 || items > room || rows.has(rowOf(piece))) {
      parts.push([]);
      room = itemsPerFold - 1;
      rows = new Set();
    }
    parts.at(-1)!.push(piece);
    room -= items;
    rows.add(rowOf(piece));
  }
  return parts;
};

/** Adds what the records say, each once. Records of one item stay in their order. */
export const foldCounts = async (store: Store, records: readonly Foldable[]): Promise<void> => {
  for (const some of portions(records)) await untilSettled(() => fold(store, some));
};

type Sums = Map<string, number>;

const addTo = <K>(sums: Map<K, Sums>, key: K, counts: Item): void => {
  const known = sums.get(key) ?? new Map<string, number>();
  for (const [name, n] of Object.entries(counts)) known.set(name, (known.get(name) ?? 0) + Number(n));
  sums.set(key, known);
};

const versionOf = (sk: unknown): number => Number(String(sk).split('#').at(-2));
const dayOf = (sk: unknown): string => String(sk).split('#').at(-4) ?? '';

/** In the book that is read, and of what is gone. */
const queryBooks = async (
  store: Store,
  journey: string,
  range: (book: Book) => { prefix: string } | { from: string; to: string },
): Promise<Item[]> => {
  const { pk } = main.count(journey, 0, 0);
  const reading = readingOf(await readBooks(store));
  const all = await Promise.all(
    [reading, 'kept' as const].map((book) => store.main.query({ pk, ...range(book) })),
  );
  return all.flat();
};

/** Sums over all shards, by version. */
export const readCounts = async (store: Store, journey: string): Promise<Map<number, Sums>> => {
  const versions = new Map<number, Sums>();
  const items = await queryBooks(store, journey, (book) => ({ prefix: `${countRange(book)}V#` }));
  for (const { pk, sk, ...counts } of items) addTo(versions, versionOf(sk), counts);
  return versions;
};

/** Days of the client's calendar, both included: `2026-11-01`. */
export interface Days {
  from: string;
  to: string;
}

export interface DayCounts {
  day: string;
  version: number;
  counts: Sums;
}

/** Sums over all shards, by day and version; days on which nothing was counted are left out. */
export const readDays = async (store: Store, journey: string, { from, to }: Days): Promise<DayCounts[]> => {
  const days = new Map<string, Sums>();
  const items = await queryBooks(store, journey, (book) => ({
    from: countRange(book, from),
    to: `${countRange(book, to)}~`,
  }));
  for (const { pk, sk, ...counts } of items) addTo(days, `${dayOf(sk)}#${versionOf(sk)}`, counts);
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counts]) => ({ day: key.slice(0, 10), version: Number(key.slice(11)), counts }));
};

/** Where a segment is counted: no journey may have such a name. */
export const segmentCounters = (segment: string): Omit<CountDelta, 'counts'> => ({
  journey: `segment:${segment}`,
  version: 0,
});

/** How many members each segment has, as far as the stream was folded. */
export const countMembers = async (store: Store, segment: string): Promise<number> =>
  (await readCounts(store, segmentCounters(segment).journey)).get(0)?.get('|members') ?? 0;

/** One count outside a stream, such as posts that a robot made. Lost counts are of no consequence. */
export const count = async (
  store: Store,
  of: Omit<CountDelta, 'counts' | 'book'>,
  name: string,
  spread: string,
): Promise<void> => {
  const row = { ...of, book: 'kept' as const };
  const { key, ...expression } = addWrite(store, row, [[name, 1]], bucket(spread, countShards));
  await store.main.update(key, expression);
};
