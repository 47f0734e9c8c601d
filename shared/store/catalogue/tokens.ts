import { createHash } from 'node:crypto';
import { iso } from '#kernel/clock';
import type { Role } from '#model/role';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item } from '../table.ts';

/** One secret of a token, as it stands under its hash. A rotation adds one; the one before ends. */
export interface TokenSecret {
  /** Of the token: stays through rotations. */
  id: string;
  name: string;
  role: Role;
  /** Of the token (ISO). */
  createdAt: string;
  /** Name of the token that made it. */
  createdBy?: string;
  /** When this secret was made (ISO). */
  secretAt: string;
  /** From then on it is refused (ISO). */
  validUntil?: string;
  /** A rotation has put another in its place. */
  isReplaced?: true;
}

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const secretOfItem = ({ pk: _pk, sk: _sk, expiresAt: _end, ...secret }: Item): TokenSecret =>
  secret as unknown as TokenSecret;

export const isValid = ({ validUntil }: Pick<TokenSecret, 'validUntil'>, now: number): boolean =>
  validUntil === undefined || validUntil > iso(now);

/** One that has ended is not found, as one that never was. */
export const findToken = async (store: Store, hash: string): Promise<TokenSecret | undefined> => {
  const item = await store.catalogue.get(catalogue.token(hash));
  const secret = item && secretOfItem(item);
  return secret && isValid(secret, store.clock.now()) ? secret : undefined;
};

/**
 * The token that whoever runs this world chose: only the hash is kept, and no other secret of the same name
 * works any longer.
 */
export const saveToken = async (
  store: Store,
  token: string,
  name: string,
  role: Role = 'admin',
): Promise<void> => {
  const key = catalogue.token(hashToken(token));
  const now = iso(store.clock.now());
  const kept = await store.catalogue.query({ pk: catalogue.tokens });
  const known = kept.find(({ sk }) => sk === key.sk);
  const secret: TokenSecret = { id: name, name, role, createdAt: now, secretAt: now };
  await store.catalogue.put({ ...secret, ...(known && { createdAt: known.createdAt }), ...key });
  const former = kept.filter((item) => item.id === name && item.sk !== key.sk);
  for (const item of former) await store.catalogue.remove(catalogue.token(String(item.sk)));
};
