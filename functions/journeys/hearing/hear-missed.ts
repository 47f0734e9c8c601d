import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import { eventOfItem } from '#store/contacts/events';
import { unsettledShards } from '#store/keys';
import { type Item, keyIn } from '#store/table';
import type { Services } from '../services.ts';
import { hear } from './hear.ts';

const lanes = 8;
const perShard = 100;
/** Younger ones the stream may be bringing just now. */
const patienceMs = 10_000;

export interface Missed {
  heard: number;
  failed: number;
  left: number;
}

/**
 * Stored events that nobody heard, whatever became of the stream: a contact's in their order, contacts side
 * by side, a portion at a time. Hearing one twice is harmless.
 */
export const hearMissed = async (services: Services, longestMs: number): Promise<Missed> => {
  const { clock } = services.store;
  const until = clock.now() + longestMs;
  const queues = [...Map.groupBy(await missed(services), ({ pk }) => pk).values()];
  const total = queues.flat().length;
  const result = { heard: 0, failed: 0 };
  const work = async (queue: readonly Item[]): Promise<void> => {
    const heard = await hearInOrder(services, queue);
    result.heard += heard;
    if (heard < queue.length) result.failed++;
  };
  await inLanes(lanes, queues, work, () => clock.now() >= until);
  return { ...result, left: total - result.heard };
};

const missed = async ({ store }: Services): Promise<Item[]> => {
  const to = iso(store.clock.now() - patienceMs);
  const found: Item[] = [];
  for (let shard = 0; shard < unsettledShards; shard++) {
    const keys = await store.main.query({ pk: `event#${shard}`, index: 'unsettled', to, limit: perShard });
    if (keys.length > 0) found.push(...(await store.main.getMany(keys.map(keyIn))));
  }
  return found
    .filter(({ unsettled }) => typeof unsettled === 'string' && unsettled.startsWith('event#'))
    .sort((a, b) => String(a.unsettledAt).localeCompare(String(b.unsettledAt)));
};

/** @returns how many; what comes after one that fails waits for it */
const hearInOrder = async (services: Services, queue: readonly Item[]): Promise<number> => {
  for (const [i, item] of queue.entries())
    try {
      await hear(services, eventOfItem(item));
    } catch (error) {
      services.context.log.error('event-not-heard', { event: item.id, ...describeError(error as Error) });
      return i;
    }
  return queue.length;
};
