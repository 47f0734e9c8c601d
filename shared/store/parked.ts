import type { Key } from './keys.ts';
import { main, ttlAttribute, unsettled, unsettledShards } from './keys.ts';
import type { Store } from './store.ts';
import { type Item, keyIn } from './table.ts';

/** A call of a function that failed for good. */
export interface ParkedCall {
  id: string;
  /** ISO */
  at: string;
  function: string;
  reason: string;
  /** Whose it is, where that can be told: it goes when the contact does. */
  contact?: string | undefined;
  /** JSON; absent where it is too large, or only a stream had it. */
  payload?: string | undefined;
}

const keptDays = 30;
/** An item holds 400 KB. */
const maxPayload = 350_000;

/** Harmless when said twice. */
export const parkCall = async (store: Store, { payload, at, ...call }: ParkedCall): Promise<void> => {
  const kept = payload !== undefined && Buffer.byteLength(payload) <= maxPayload ? { payload } : {};
  await store.main.put({
    ...main.parked(call.contact, call.id),
    kind: 'parked',
    ...call,
    ...kept,
    // Not `at`: it is no part of the contact's history.
    parkedAt: at,
    unsettled: unsettled('parked', call.id),
    unsettledAt: at,
    [ttlAttribute]: Math.floor(Date.parse(at) / 1000) + keptDays * 86_400,
  });
};

/** Newest first: calls that were parked, and events that nobody could hear. */
export const listParked = async (store: Store, limit: number): Promise<Item[]> => {
  const shards = await Promise.all(
    Array.from({ length: unsettledShards }, (_, shard) =>
      store.main.query({ pk: `parked#${shard}`, index: 'unsettled', descending: true, limit }),
    ),
  );
  const keys = shards.flat().sort((a, b) => String(b.unsettledAt).localeCompare(String(a.unsettledAt)));
  const items: Item[] = [];
  for (let i = 0; i < Math.min(keys.length, limit); i += 100)
    items.push(...(await store.main.getMany(keys.slice(i, Math.min(i + 100, limit)).map(keyIn))));
  return items.filter(isParked).sort((a, b) => String(b.unsettledAt).localeCompare(String(a.unsettledAt)));
};

const isParked = ({ unsettled: mark }: Item): boolean =>
  typeof mark === 'string' && mark.startsWith('parked#');

export const readParked = async (store: Store, key: Key): Promise<Item | undefined> => {
  const item = await store.main.get(key);
  return item && isParked(item) ? item : undefined;
};
