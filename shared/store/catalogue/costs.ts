import type { Costs } from '#model/costs';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { pack, unpack } from './packed.ts';

/** What was spent, by month and source; none before anybody entered some. */
export const readCosts = async (store: Store): Promise<Costs> => {
  const key = catalogue.costs();
  const item = await store.catalogue.get(key);
  return item ? ((await unpack(store, key, item)) as Costs) : { costs: [] };
};

export const putCosts = async (store: Store, costs: Costs): Promise<void> => {
  const key = catalogue.costs();
  await store.catalogue.put({ ...key, ...(await pack(store, key, costs)) });
};
