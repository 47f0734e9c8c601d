import { agendaShard, agendaShards, main, never } from '../keys.ts';
import type { Store } from '../store.ts';

type What = Parameters<typeof agendaShard>[0];

/** One line of the agenda: an item, and when to look at it. */
export interface Entry {
  contact: string;
  sk: string;
  /** ISO */
  at: string;
}

interface AgendaQuery {
  what: What;
  shard: number;
  /** ISO, inclusive. */
  until?: string | undefined;
  /** Goes on behind this line, whether it still stands there or not. */
  after?: Entry | undefined;
  limit: number;
}

/** Soonest first. The index may lag behind: whoever looks finds that nothing is to be done. */
export const readAgenda = async (
  store: Store,
  { what, shard, until, after, limit }: AgendaQuery,
): Promise<Entry[]> => {
  const pk = agendaShard(what, shard);
  const start = after && {
    ...{ pk: main.contactPk(after.contact), sk: after.sk },
    ...{ agenda: pk, agendaAt: after.at },
  };
  const items = await store.main.query({
    ...{ pk, index: 'agenda', after: start, limit },
    ...(until && { to: until }),
  });
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
