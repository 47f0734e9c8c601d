import { iso } from '#kernel/clock';
import type { Client } from '#model/client';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { transact } from '../table.ts';
import { bumpRevisionWrite } from './journeys.ts';
import { pack, unpack } from './packed.ts';

/** The client's settings as its folder was last deployed; undefined before the first deployment. */
export const getClient = async (store: Store): Promise<Client | undefined> => {
  const key = catalogue.client();
  const item = await store.catalogue.get(key);
  return item && ((await unpack(store, key, item)) as Client);
};

export const putClient = async (store: Store, client: Client): Promise<void> => {
  const key = catalogue.client();
  const put = { ...key, ...(await pack(store, key, client)), updatedAt: iso(store.clock.now()) };
  await transact(store.dynamodb, [{ table: store.catalogue, put }, bumpRevisionWrite(store)]);
};
