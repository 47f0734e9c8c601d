import { agendaShard, agendaShards, never } from './keys.ts';
import type { Store } from './store.ts';

type What = Parameters<typeof agendaShard>[0];

/** One line of the agenda: an item, and when to look at it. */
export interface Entry {
  contact: string;
  sk: string;
  /** ISO */
  at: string;
}

/** Soonest first. The index may lag behind: whoever looks finds that nothing is to be done. */
export const readAgenda = async (
  store: Store,
  { what, shard, until, limit }: { what: What; shard: number; until?: string | undefined; limit: number },
): Promise<Entry[]> => {
  const pk = agendaShard(what, shard);
  const items = await store.main.query({ pk, index: 'agenda', ...(until && { to: until }), limit });
  return items.map((item) => ({
    contact: String(item.pk).slice('C#'.length),
    sk: String(item.sk),
    at: String(item.agendaAt),
  }));
};

/** When the first of them is due (ISO), if ever. */
export const earliest = async (store: Store, parts: readonly What[]): Promise<string | undefined> => {
  const shards = parts.flatMap((what) =>
    Array.from({ length: agendaShards }, (_, shard) => ({ what, shard })),
  );
  const firsts = await Promise.all(shards.map((part) => readAgenda(store, { ...part, limit: 1 })));
  const times = firsts.flatMap(([entry]) => (entry && entry.at !== never ? [entry.at] : [])).sort();
  return times[0];
};
