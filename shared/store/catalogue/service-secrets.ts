import { iso } from '#kernel/clock';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { transact } from '../table.ts';
import { bumpRevisionWrite } from './journeys.ts';

/** Secrets of other people's services (Turnstile, hCaptcha). Written by the API, never shown again. */
export const putSecret = (store: Store, name: string, value: string): Promise<void> => {
  const put = { ...catalogue.secret(name), value, updatedAt: iso(store.clock.now()) };
  return transact(store.dynamodb, [{ table: store.catalogue, put }, bumpRevisionWrite(store)]);
};

export const removeSecret = (store: Store, name: string): Promise<void> =>
  transact(store.dynamodb, [
    { table: store.catalogue, remove: catalogue.secret(name) },
    bumpRevisionWrite(store),
  ]);

export const getSecret = async (store: Store, name: string): Promise<string | undefined> => {
  const item = await store.catalogue.get(catalogue.secret(name));
  return item && String(item.value);
};
