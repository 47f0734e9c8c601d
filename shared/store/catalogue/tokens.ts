import { createHash } from 'node:crypto';
import { iso } from '#kernel/clock';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';

export interface TokenRecord {
  name: string;
  createdAt: string;
}

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const findToken = async (store: Store, hash: string): Promise<TokenRecord | undefined> => {
  const item = await store.catalogue.get(catalogue.token(hash));
  return item && { name: String(item.name), createdAt: String(item.createdAt) };
};

/** Only the hash is kept. Saving the same token again changes its name. */
export const saveToken = (store: Store, token: string, name: string): Promise<void> =>
  store.catalogue.put({ ...catalogue.token(hashToken(token)), name, createdAt: iso(store.clock.now()) });
