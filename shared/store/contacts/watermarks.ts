import { countShards, main } from '../keys.ts';
import { type CountDelta, readCounts } from '../runs/counters.ts';
import type { Store } from '../store.ts';

/** So many that no shard of the stream is likely to carry none of them. */
const perVersion = 100;
const keptDays = 3;

/** Where it is counted how many have passed: no journey may have such a name. */
export const watermarkCounters = (of: string): Omit<CountDelta, 'counts'> => ({
  journey: `passed:${of}`,
  version: 0,
  book: 'kept',
});

export const audienceMark = (version: number): string => `audience-${version}`;

/**
 * Written when all contacts were looked at for a version of the audience. The stream keeps the order of each of
 * its shards, so once these are folded into counters, the members that were found before are too.
 */
export const putWatermarks = async (store: Store, of: string): Promise<void> => {
  const expiresAt = Math.floor(store.clock.now() / 1000) + keptDays * 86_400;
  const puts = Array.from({ length: perVersion }, (_, i) =>
    store.main.put({ ...main.watermark(of, i), kind: 'watermark', of, expiresAt }),
  );
  await Promise.all(puts);
};

export const areWatermarksFolded = async (store: Store, of: string): Promise<boolean> => {
  const counts = await readCounts(store, watermarkCounters(of).journey);
  return (counts.get(0)?.get('|passed') ?? 0) >= perVersion;
};

/** Nobody asks for them again. */
export const forgetWatermarks = async (store: Store, of: string): Promise<void> => {
  const { journey, book } = watermarkCounters(of);
  for (let shard = 0; shard < countShards; shard++)
    await store.main.remove(main.count(journey, 0, shard, { book }));
};
