import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import type { IdentityConflict } from '#model/event';
import { byStrength, type Identity, type IdentityKind, mayAdopt } from '#policy/identity';
import { newContactWrite, type TableWrite } from './contacts.ts';
import { eventWrite, putEvent, type StoredEvent } from './events.ts';
import { main } from './keys.ts';
import { ReadAgain, untilSettled } from './retry.ts';
import type { Store } from './store.ts';
import { type Item, TransactionRefused, transact } from './table.ts';

/** Enough for a person's devices; beyond it a write key is being abused, and nothing more is linked. */
const maxIdentities = 500;

const pkOf = ({ kind, value }: Identity): string => main.identity(kind, value).pk;

/** Those of the identities that lead to somebody; one call. */
const readIdentities = async (store: Store, identities: readonly Identity[]): Promise<Item[]> => {
  const [only, ...others] = identities.map(({ kind, value }) => main.identity(kind, value));
  if (!only) throw new Error('an event needs at least one identity');
  if (others.length > 0) return store.main.getMany([only, ...others]);
  const item = await store.main.get(only);
  return item ? [item] : [];
};

const ownersIn = (items: readonly Item[]): ReadonlyMap<string, string> =>
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
    conflicts: othersOf(identities, { owners, contact }).filter(isAddress),
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

const linkWrite = (
  store: Store,
  contact: string,
  identities: readonly Identity[],
  seen?: Set<string>,
): TableWrite => ({
  table: store.main,
  key: main.profile(contact),
  update: 'ADD identities :new',
  condition: `attribute_not_exists(erasedAt) AND ${seen ? 'identities = :seen' : 'attribute_exists(pk) AND size(identities) < :most'}`,
  values: {
    ':new': new Set(identities.map(pkOf)),
    ...(seen ? { ':seen': seen } : { ':most': maxIdentities }),
  },
});

/** What the caller knows of an event before it is known whose it is. */
export type EventDraft = Omit<StoredEvent, 'contact'>;
export interface Arrival {
  contact: string;
  /** Stored now, or known already by this id. */
  outcome: 'stored' | 'repeated';
  /** A contact was made for it. */
  created: boolean;
}

const arrive = async (
  store: Store,
  event: StoredEvent,
  writes: readonly TableWrite[],
  created: boolean,
): Promise<Arrival> => {
  try {
    await transact(store.dynamodb, [eventWrite(store, event), ...writes]);
    return { contact: event.contact, outcome: 'stored', created };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    if (error.found[0]) return { contact: event.contact, outcome: 'repeated', created: false };
    if (isFull(error.found[1])) return plainly(store, event);
    throw new ReadAgain('an identity was taken meanwhile', { cause: error });
  }
};

const isFull = (profile: TransactionRefused['found'][number] | undefined): boolean =>
  profile?.identities instanceof Set && profile.identities.size >= maxIdentities;

const plainly = async (store: Store, event: StoredEvent): Promise<Arrival> => ({
  contact: event.contact,
  outcome: await putEvent(store, event),
  created: false,
});

/** Of the keys that a profile names. */
export const kindsOf = (identities: ReadonlySet<string>): ReadonlySet<IdentityKind> =>
  new Set([...identities].map((pk) => pk.split('#')[1] as IdentityKind));

/** The contact that a weaker identity leads to, if the stronger ones may be added to it. */
const adoptable = async (store: Store, contact: string, found: Identity, given: readonly Identity[]) => {
  const profile = await store.main.get(main.profile(contact));
  if (!profile?.identities) throw new ReadAgain('the contact was merged or erased meanwhile');
  const seen = profile.identities as Set<string>;
  return seen.size > 0 && seen.size < maxIdentities && mayAdopt(found, given, kindsOf(seen))
    ? seen
    : undefined;
};

/**
 * What is sent again after its visitor became somebody: it was stored with the visitor, and must not
 * count a second time.
 */
const wasStoredBefore = async (store: Store, items: readonly Item[], id: string): Promise<boolean> => {
  const former = new Set(items.flatMap(({ was }) => (was as string[] | undefined) ?? []));
  if (former.size === 0) return false;
  const keys = [...former].slice(-mostFormer).map((contact) => main.event(contact, id));
  return (await store.main.getMany(keys)).length > 0;
};

/** Of one read. Who became somebody else more often than that does so by a program. */
const mostFormer = 100;

const resolve = async (store: Store, given: readonly Identity[], draft: EventDraft): Promise<Arrival> => {
  const items = await readIdentities(store, given);
  const owners = ownersIn(items);
  const [first] = items;
  if (first && (await wasStoredBefore(store, items, draft.id)))
    return { contact: String(first.contact), outcome: 'repeated', created: false };
  const free = given.filter((identity) => !owners.has(pkOf(identity)));
  for (const [i, identity] of given.entries()) {
    const contact = owners.get(pkOf(identity));
    if (contact === undefined) continue;
    const event = { ...withoutOthers(draft, given, { owners, contact }), contact };
    if (free.length === 0) return plainly(store, event);
    const seen = i === 0 ? undefined : await adoptable(store, contact, identity, given);
    if (i > 0 && !seen) continue;
    return arrive(
      store,
      event,
      [linkWrite(store, contact, free, seen), ...claimWrites(store, contact, free)],
      false,
    );
  }
  const contact = newId();
  return create(store, free, { ...withoutOthers(draft, given, { owners, contact }), contact });
};

/** Whose the other identities are that the event names. */
const othersOf = (
  given: readonly Identity[],
  { owners, contact }: { owners: ReadonlyMap<string, string>; contact: string },
): { kind: IdentityKind; contact: string }[] =>
  given.flatMap((identity) => {
    const owner = owners.get(pkOf(identity));
    return owner === undefined || owner === contact ? [] : [{ kind: identity.kind, contact: owner }];
  });

const without = (bag: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(bag).filter(([name]) => !names.includes(name)));

/**
 * Nobody becomes another contact by naming its address: the event keeps that it was named and whose it is,
 * and not the address. A browser that is nobody's yet joins the contact.
 */
const withoutOthers = (
  draft: EventDraft,
  given: readonly Identity[],
  found: { owners: ReadonlyMap<string, string>; contact: string },
): EventDraft => {
  const others = othersOf(given, found);
  if (others.length === 0) return draft;
  const conflicts = others.filter(isAddress);
  const joins = [...new Set(others.filter((other) => !isAddress(other)).map(({ contact }) => contact))];
  const names = conflicts.map(({ kind }) => kind);
  return {
    ...draft,
    ...(draft.traits ? { traits: without(draft.traits, names) } : {}),
    properties: without(draft.properties, names),
    ...(joins.length > 0 ? { joins } : {}),
    ...(conflicts.length > 0 ? { conflicts } : {}),
  };
};

const isAddress = (other: { kind: IdentityKind; contact: string }): other is IdentityConflict =>
  other.kind === 'email' || other.kind === 'phone';

const create = (store: Store, identities: readonly Identity[], event: StoredEvent): Promise<Arrival> => {
  const { contact } = event;
  const profile = emptyContact(contact, event.at);
  const keys = identities.map(({ kind, value }) => main.identity(kind, value));
  const writes = [newContactWrite(store, profile, keys), ...claimWrites(store, contact, identities)];
  return arrive(store, event, writes, true);
};

/**
 * Finds whose event this is and stores it. A known contact costs one read and one write; a new one,
 * or a new identity of a known one, one transaction.
 */
export const storeArrival = (
  store: Store,
  identities: readonly Identity[],
  draft: EventDraft,
): Promise<Arrival> => untilSettled(() => resolve(store, byStrength(identities), draft));
