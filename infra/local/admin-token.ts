import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { hashToken } from '#store/catalogue/tokens';
import { catalogue } from '#store/keys';
import type { Store } from '#store/store';

/** The token given, else the one kept in the data folder, else a new one that is kept there, readable by its owner only. */
export const adminToken = async (
  store: Store,
  data: string | undefined,
  given: string | undefined,
): Promise<string> => {
  if (given) return given;
  const made = randomBytes(24).toString('base64url');
  if (data === undefined) return made;
  const file = fileIn(data);
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (kept !== undefined && !(await isReplaced(store, kept))) return kept;
  write(file, made);
  return made;
};

const fileIn = (data: string): string => join(data, 'admin-token');
const write = (file: string, token: string): void => writeFileSync(file, `${token}\n`, { mode: 0o600 });

export const ownToken = 'local';

/** A rotation or a revocation ended it: it may have leaked, and must not come back by a start. */
const isReplaced = async (store: Store, kept: string): Promise<boolean> => {
  const secrets = await store.catalogue.query({ pk: catalogue.tokens });
  const known = secrets.find(({ sk }) => sk === hashToken(kept));
  return known ? known.isReplaced === true : secrets.length > 0;
};

const rotated = z.object({ id: z.literal(ownToken), token: z.string() });

/**
 * Whoever rotates the world's own token got the new secret, and uses it: the next start must find it and make no
 * other. @param answer of `manage-tokens`
 */
export const keepRotated = (data: string, answer: unknown): void => {
  const { body } = (answer ?? {}) as { body?: string };
  const made = rotated.safeParse(typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined);
  if (made.success && existsSync(fileIn(data))) write(fileIn(data), made.data.token);
};
