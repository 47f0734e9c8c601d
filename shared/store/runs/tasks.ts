import type { StepRecord } from '#model/run';
import { unsettledShards } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, keyIn } from '../table.ts';
import { stepOfItem } from './steps.ts';

const markOf = ({ unsettledAt }: Item): string => String(unsettledAt);

/**
 * What waits for a colleague; what is due first stands first, over all shards, each of which is asked for no
 * more than the page holds. The index may lag behind: what is over meanwhile is left out, so a page may be
 * shorter than what was asked for.
 * @param after `next` of the page before
 */
export const listTasks = async (
  store: Store,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ tasks: StepRecord[]; next?: string | undefined }> => {
  const from = after === undefined ? {} : { from: after };
  const shards = await Promise.all(
    Array.from({ length: unsettledShards }, (_, shard) =>
      store.main.query({ pk: `task#${shard}`, index: 'unsettled', ...from, limit: limit + 2 }),
    ),
  );
  const keys = shards
    .flat()
    .filter((key) => markOf(key) !== after)
    .sort((a, b) => (markOf(a) < markOf(b) ? -1 : 1));
  const page = keys.slice(0, limit);
  const last = page.at(-1);
  return {
    tasks: await readTasks(store, page),
    next: keys.length > limit && last ? markOf(last) : undefined,
  };
};

const readTasks = async (store: Store, keys: readonly Item[]): Promise<StepRecord[]> => {
  if (keys.length === 0) return [];
  const items = await store.main.getMany(keys.map(keyIn));
  return items
    .filter(({ unsettled }) => unsettled !== undefined)
    .sort((a, b) => (markOf(a) < markOf(b) ? -1 : 1))
    .map(stepOfItem);
};
