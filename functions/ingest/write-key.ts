import { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import type { Catalogue } from '#store/catalogue/catalogue';

/** A withdrawn write key, which is public anyway, works this much longer. */
const settingsAgeMs = 5000;

/** The settings, at most some seconds old. */
export const settingsOf = async (catalogue: Catalogue): Promise<Client> => {
  await catalogue.renewAfter(settingsAgeMs);
  return catalogue.client();
};

/** Before a key is found to be unknown, the settings are read afresh: a new key works at once. */
export const isWriteKey = async (catalogue: Catalogue, key: string): Promise<boolean> => {
  const { writeKeys } = await settingsOf(catalogue);
  if (writeKeys.includes(key)) return true;
  await catalogue.renew();
  return (await catalogue.client()).writeKeys.includes(key);
};

export const requireWriteKey = async (catalogue: Catalogue, key: string | undefined): Promise<string> => {
  if (key !== undefined && (await isWriteKey(catalogue, key))) return key;
  throw new Refusal(
    401,
    'unknown-write-key',
    'Send a write key of this client: by Basic auth, ?writeKey= or in the body.',
    { headers: { 'www-authenticate': 'Basic realm="wayleaf"' } },
  );
};
