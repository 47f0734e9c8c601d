import { iso } from '#kernel/clock';
import { unsettledShards } from '../keys.ts';
import type { Store } from '../store.ts';

/** What is heard or started at once takes less. */
const usualMs = 2_000;
/** What stands longer has another reason than that there is much to do; the sweep sees to it. */
const longestMs = 60_000;

/**
 * Is anybody waiting whose event was not heard yet, or whose run has not started? Eight shards of each, half
 * a unit a query.
 */
export const areLeadsWaiting = async (store: Store): Promise<boolean> => {
  const now = store.clock.now();
  const [from, to] = [iso(now - longestMs), iso(now - usualMs)];
  const parts = ['event', 'entering'].flatMap((what) =>
    Array.from({ length: unsettledShards }, (_, shard) => `${what}#${shard}`),
  );
  const found = await Promise.all(
    parts.map((pk) => store.main.query({ pk, index: 'unsettled', from, to, limit: 1 })),
  );
  return found.some((items) => items.length > 0);
};

/** When the oldest event was stored that the journeys have not heard yet (ISO); undefined: all are heard. */
export const oldestUnheard = async (store: Store): Promise<string | undefined> => {
  const oldest = await Promise.all(
    Array.from({ length: unsettledShards }, (_, shard) =>
      store.main.query({ pk: `event#${shard}`, index: 'unsettled', limit: 1 }),
    ),
  );
  return oldest
    .flat()
    .map(({ unsettledAt }) => String(unsettledAt))
    .sort()[0];
};
