import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Role } from '#model/role';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { type TableWrite, TransactionRefused, transact } from '../table.ts';
import { hashToken, isValid, secretOfItem, type TokenSecret } from './tokens.ts';

/** A secret with the hash under which it stands. */
interface Kept extends TokenSecret {
  hash: string;
}

/** What a change of the tokens writes, and what it answers. */
interface Change<T> {
  writes: TableWrite[];
  answer: T;
}

/** A token as people may see it. */
export interface Token {
  id: string;
  name: string;
  role: Role;
  status: 'active' | 'ended';
  createdAt: string;
  createdBy?: string;
  rotatedAt?: string;
  /** The secret before the present one works until then. */
  oldUntil?: string;
  validUntil?: string;
}

/** Its secret is nowhere but here. */
export interface MadeToken {
  token: Token;
  secret: string;
}

/** Ended ones are listed a while, so that somebody sees why something stopped. */
const shownAfterMs = 30 * 86_400_000;

const readAll = async (store: Store): Promise<Kept[]> =>
  (await store.catalogue.query({ pk: catalogue.tokens })).map((item) => ({
    ...secretOfItem(item),
    hash: String(item.sk),
  }));

const write = (store: Store, { hash, ...secret }: Kept): TableWrite => ({
  table: store.catalogue,
  put: {
    ...catalogue.token(hash),
    ...secret,
    ...(secret.validUntil === undefined
      ? {}
      : { expiresAt: Math.ceil((Date.parse(secret.validUntil) + shownAfterMs) / 1000) }),
  },
});

const present = (kept: readonly Kept[]): Kept[] => kept.filter(({ isReplaced }) => !isReplaced);

const describe = (kept: readonly Kept[], one: Kept, now: number): Token => {
  const { id, name, role, createdAt, createdBy, secretAt, validUntil } = one;
  const old = kept.find((other) => other.id === id && other.isReplaced && isValid(other, now));
  return {
    ...{ id, name, role, status: isValid(one, now) ? 'active' : 'ended', createdAt },
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(secretAt === createdAt ? {} : { rotatedAt: secretAt }),
    ...(old?.validUntil === undefined ? {} : { oldUntil: old.validUntil }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
};

/** Oldest first. */
export const listTokens = async (store: Store): Promise<Token[]> => {
  const kept = await readAll(store);
  return present(kept)
    .map((one) => describe(kept, one, store.clock.now()))
    .sort((a, b) => (`${a.createdAt} ${a.name}` < `${b.createdAt} ${b.name}` ? -1 : 1));
};

/**
 * All changes of tokens stand in one line, by a number that each of them raises: two admins who revoke each
 * other at once do not end with none.
 */
const change = async <T>(store: Store, decide: (kept: readonly Kept[]) => Change<T>): Promise<T> => {
  for (let tries = 0; tries < 5; tries++) {
    const rev = Number((await store.catalogue.get(catalogue.tokensRevision()))?.rev ?? 0);
    const { writes, answer } = decide(await readAll(store));
    const next: TableWrite = {
      table: store.catalogue,
      key: catalogue.tokensRevision(),
      update: 'SET rev = :next',
      condition: rev === 0 ? 'attribute_not_exists(pk)' : 'rev = :rev',
      values: { ':next': rev + 1, ...(rev === 0 ? {} : { ':rev': rev }) },
    };
    try {
      await transact(store.dynamodb, [...writes, next]);
      return answer;
    } catch (error) {
      if (!(error instanceof TransactionRefused)) throw error;
    }
  }
  throw new Refusal(409, 'changed-meanwhile', 'Others change tokens at this moment. Try again.');
};

const makeSecret = (): string => `wayleaf_${newId()}${newId()}`;
const endOf = (now: number, validForMs: number | undefined) =>
  validForMs === undefined ? {} : { validUntil: iso(now + validForMs) };

export interface NewToken {
  name: string;
  role: Role;
  validForMs?: number | undefined;
  /** Name of whoever makes it. */
  by: string;
}

export const addToken = (store: Store, { name, role, validForMs, by }: NewToken): Promise<MadeToken> =>
  change(store, (kept) => {
    const now = store.clock.now();
    if (present(kept).some((other) => other.name === name && isValid(other, now)))
      throw new Refusal(409, 'name-taken', 'Another token has this name. Choose one that tells them apart.');
    const [secret, at] = [makeSecret(), iso(now)];
    const made: Kept = {
      ...{ id: newId(), name, role, createdAt: at, createdBy: by, secretAt: at, hash: hashToken(secret) },
      ...endOf(now, validForMs),
    };
    return { writes: [write(store, made)], answer: { token: describe([made], made, now), secret } };
  });

const find = (kept: readonly Kept[], id: string): Kept => {
  const found = present(kept).find((one) => one.id === id);
  if (!found) throw new Refusal(404, 'unknown-token', 'There is no token of this id.');
  return found;
};

const removeWrite = (store: Store, { hash }: Kept): TableWrite => ({
  table: store.catalogue,
  remove: catalogue.token(hash),
});

export interface TokenRotation {
  oldForMs: number;
  validForMs?: number | undefined;
}

/** As long as the secret before was made for. */
const spanOf = ({ secretAt, validUntil }: Kept): number | undefined =>
  validUntil === undefined ? undefined : Date.parse(validUntil) - Date.parse(secretAt);

export const rotateToken = (
  store: Store,
  id: string,
  { oldForMs, validForMs }: TokenRotation,
): Promise<MadeToken> =>
  change(store, (kept) => {
    const now = store.clock.now();
    const before = find(kept, id);
    const secret = makeSecret();
    const { validUntil: _former, ...same } = before;
    const made: Kept = {
      ...same,
      ...{ secretAt: iso(now), hash: hashToken(secret) },
      ...endOf(now, validForMs ?? spanOf(before)),
    };
    // One old secret at a time works on: that of an earlier rotation ends with this one.
    const outdated = kept.filter((one) => one.id === id && one.isReplaced);
    const end = iso(now + oldForMs);
    const until = before.validUntil !== undefined && before.validUntil < end ? before.validUntil : end;
    const old: Kept = { ...before, isReplaced: true, validUntil: until };
    const writes = [
      ...outdated.map((one) => removeWrite(store, one)),
      oldForMs > 0 ? write(store, old) : removeWrite(store, before),
      write(store, made),
    ];
    return { writes, answer: { token: describe(oldForMs > 0 ? [made, old] : [made], made, now), secret } };
  });

/** All its secrets end at once. */
export const revokeToken = (store: Store, id: string): Promise<void> =>
  change(store, (kept) => {
    const now = store.clock.now();
    const found = find(kept, id);
    const stays = present(kept).some((one) => one.id !== id && one.role === 'admin' && isValid(one, now));
    if (found.role === 'admin' && isValid(found, now) && !stays)
      throw new Refusal(
        409,
        'last-admin-token',
        'This is the last token of an admin; without it nobody could make another. Make one first, or rotate this one.',
      );
    const all = kept.filter((one) => one.id === id);
    return { writes: all.map((one) => removeWrite(store, one)), answer: undefined };
  });
