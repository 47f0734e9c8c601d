import { iso } from '#kernel/clock';
import type { IdentityConflict } from '#model/event';
import { type Identity, type IdentityKind, isAddress } from '#policy/contacts/identity';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';

export const pkOf = ({ kind, value }: Identity): string => main.identity(kind, value).pk;

/** Those of the identities that lead to somebody; one call. */
export const readIdentities = async (store: Store, identities: readonly Identity[]): Promise<Item[]> => {
  const [only, ...others] = identities.map(({ kind, value }) => main.identity(kind, value));
  if (!only) throw new Error('an event needs at least one identity');
  if (others.length > 0) return store.main.getMany([only, ...others]);
  const item = await store.main.get(only);
  return item ? [item] : [];
};

export const ownersIn = (items: readonly Item[]): ReadonlyMap<string, string> =>
  new Map(items.map((item) => [String(item.pk), String(item.contact)]));

/** Whose each identity is, as far as it is known. */
const findOwners = async (
  store: Store,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, string>> => ownersIn(await readIdentities(store, identities));

/** The contact that each of them leads to. */
export const findContactIds = async (
  store: Store,
  identities: readonly Identity[],
): Promise<(string | undefined)[]> => {
  if (identities.length === 0) return [];
  const owners = await findOwners(store, identities);
  return identities.map((identity) => owners.get(pkOf(identity)));
};

export const findContactId = async (store: Store, identity: Identity): Promise<string | undefined> =>
  (await findOwners(store, [identity])).get(pkOf(identity));

/** Which of these lead to nobody yet, and which to somebody else. */
export const freeIdentities = async (
  store: Store,
  contact: string,
  identities: readonly Identity[],
): Promise<{ free: Identity[]; taken: Identity[]; conflicts: IdentityConflict[] }> => {
  if (identities.length === 0) return { free: [], taken: [], conflicts: [] };
  const owners = await findOwners(store, identities);
  const ownerOf = (identity: Identity): string => owners.get(pkOf(identity)) ?? '';
  return {
    free: identities.filter((identity) => ownerOf(identity) === ''),
    taken: identities.filter((identity) => !['', contact].includes(ownerOf(identity))),
    conflicts: othersOf(identities, { owners, contact }).filter(isClaim),
  };
};

export const identityKey = ({ kind, value }: Identity) => main.identity(kind, value);

/** Parts of a transaction; the profile's set of identities is the caller's part. */
export const claimWrites = (store: Store, contact: string, identities: readonly Identity[]): TableWrite[] =>
  identities.map(({ kind, value }) => ({
    table: store.main,
    put: { ...main.identity(kind, value), contact, linkedAt: iso(store.clock.now()) },
    condition: 'attribute_not_exists(pk)',
  }));

/** Of the keys that a profile names. */
export const kindsOf = (identities: ReadonlySet<string>): ReadonlySet<IdentityKind> =>
  new Set([...identities].map((pk) => pk.split('#')[1] as IdentityKind));

/** Whose the other identities are that the event names. */
export const othersOf = (
  given: readonly Identity[],
  { owners, contact }: { owners: ReadonlyMap<string, string>; contact: string },
): { kind: IdentityKind; contact: string }[] =>
  given.flatMap((identity) => {
    const owner = owners.get(pkOf(identity));
    return owner === undefined || owner === contact ? [] : [{ kind: identity.kind, contact: owner }];
  });

export const isClaim = (other: { kind: IdentityKind; contact: string }): other is IdentityConflict =>
  isAddress(other);
