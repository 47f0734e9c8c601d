import { main, unsettled } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, ifHolds, keyIn } from '../table.ts';

/** Of whom nothing is known but the browser, with when they were last seen, as far as was looked. */
export const visitorMark = (contact: string, seenAt: string): Item => ({
  unsettled: unsettled('visitor', contact),
  unsettledAt: seenAt,
});

const perPage = 100;

/** Profiles of visitors that were not seen since, the longest unseen first. */
export async function* visitorsIn(store: Store, shard: number, seenUntil: string): AsyncGenerator<Item[]> {
  for (let after: Item | undefined; ; ) {
    const pk = `visitor#${shard}`;
    const keys: Item[] = await store.main.query({
      ...{ pk, index: 'unsettled', to: seenUntil, limit: perPage, after },
    });
    if (keys.length === 0) return;
    const items = await store.main.getMany(keys.map(keyIn));
    // The index may lag behind.
    yield items.filter((item) => item.unsettled === pk);
    if (keys.length < perPage) return;
    after = keys.at(-1);
  }
}

/** @param seenAt look again as long after that as events are kept; left out: never */
export const settleVisitor = async (store: Store, contact: string, seenAt?: string): Promise<void> => {
  await ifHolds(
    store.main.update(main.profile(contact), {
      update: seenAt === undefined ? 'REMOVE unsettled, unsettledAt' : 'SET unsettledAt = :seenAt',
      condition: 'attribute_exists(unsettled)',
      ...(seenAt === undefined ? {} : { values: { ':seenAt': seenAt } }),
    }),
  );
};
