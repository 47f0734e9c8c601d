import { createHmac, randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { catalogue } from './keys.ts';
import type { Item, Table } from './table.ts';

export interface Keys {
  /** For signed links: `current` signs, all verify. */
  links: { current: string; byKid: Readonly<Record<string, Uint8Array>> };
  /** For keyed hashes of addresses; never changes, or the suppression list would forget. */
  hashing: Uint8Array;
}

const read = (item: Item): Keys => ({
  links: { current: String(item.current), byKid: item.signing as Record<string, Uint8Array> },
  hashing: item.hashing as Uint8Array,
});

const newKeys = (): Item => ({ current: 'k1', signing: { k1: randomBytes(32) }, hashing: randomBytes(32) });

const readOrMake = async (table: Table): Promise<Keys> => {
  const key = catalogue.keys();
  const found = await table.get(key);
  if (found) return read(found);
  const made = newKeys();
  try {
    await table.put({ ...key, ...made }, { condition: 'attribute_not_exists(pk)' });
    return read(made);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return read((await table.get(key)) ?? made);
  }
};

/** Keys are kept for the life of the function: a new signing key is used only by functions started later. */
export const createKeyRing = (table: Table): (() => Promise<Keys>) => {
  let keys: Promise<Keys> | undefined;
  return () => {
    keys ??= readOrMake(table).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
};

/** Finds a suppressed address again after its contact was erased, and tells nobody what it was. */
export const hashAddress = (keys: Keys, channel: string, address: string): string =>
  createHmac('sha256', keys.hashing).update(`${channel}:${address}`).digest('base64url');
