import type { TableWrite } from './contacts.ts';
import { bucket, countShards, main } from './keys.ts';
import type { Store } from './store.ts';
import { TransactionRefused, transact } from './table.ts';

/** What is added to one journey version: `entered`, `sent`, `skipped:no-consent` by step, … */
export interface CountDelta {
  journey: string;
  version: number;
  counts: ReadonlyMap<string, number>;
}

/** An update holds at most 300 operators and operands; this stays far below. */
const countsPerItem = 80;
const foldDays = 3;

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const addWrite = (
  store: Store,
  { journey, version }: CountDelta,
  counts: readonly (readonly [string, number])[],
  shard: number,
): TableWrite => ({
  table: store.main,
  key: main.count(journey, version, shard),
  update: `ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
  names: Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])),
  values: Object.fromEntries(counts.map(([, n], i) => [`:c${i}`, n])),
});

const addWrites = (store: Store, delta: CountDelta, first: number): TableWrite[] => {
  const parts = chunks(
    [...delta.counts].filter(([, n]) => n !== 0),
    countsPerItem,
  );
  if (parts.length > countShards) throw new Error('too many counters for one batch');
  return parts.map((counts, i) => addWrite(store, delta, counts, (first + i) % countShards));
};

const marker = (store: Store, batch: string): TableWrite => ({
  table: store.main,
  put: { ...main.fold(batch), expiresAt: Math.floor(store.clock.now() / 1000) + foldDays * 86_400 },
  condition: 'attribute_not_exists(pk)',
});

/** Adds a batch's deltas once, however often it is delivered. @returns false when it had been folded */
export const foldCounts = async (
  store: Store,
  batch: string,
  deltas: readonly CountDelta[],
): Promise<boolean> => {
  const first = bucket(batch, countShards);
  const writes = deltas.flatMap((delta) => addWrites(store, delta, first));
  if (writes.length === 0) return true;
  try {
    await transact(store.dynamodb, [marker(store, batch), ...writes]);
    return true;
  } catch (error) {
    if (error instanceof TransactionRefused) return false;
    throw error;
  }
};

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

/** One count outside a stream, such as posts that a robot made. Lost counts are of no consequence. */
export const count = async (
  store: Store,
  of: { journey: string; version: number },
  name: string,
  spread: string,
) => {
  const write = addWrite(store, { ...of, counts: new Map() }, [[name, 1]], bucket(spread, countShards));
  if ('update' in write) await store.main.update(write.key, write);
};
