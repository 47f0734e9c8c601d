import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const file = join(data, 'admin-token');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (kept !== undefined && !(await isReplaced(store, kept))) return kept;
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
};

export const ownToken = 'local';

/** A rotation over HTTP ended it: it may have leaked, and must not come back by a start. */
const isReplaced = async (store: Store, kept: string): Promise<boolean> => {
  const secrets = (await store.catalogue.query({ pk: catalogue.tokens })).filter(({ id }) => id === ownToken);
  const known = secrets.find(({ sk }) => sk === hashToken(kept));
  return known ? known.isReplaced === true : secrets.length > 0;
};
