import { newId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import {
  byStrength,
  type Identity,
  type IdentityKind,
  isAddress,
  publicLinks,
} from '#policy/contacts/identity';
import { touchIn } from '#policy/reports/names';
import { main } from '../keys.ts';
import { ReadAgain, untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { type Item, type TableWrite, TransactionRefused, transact } from '../table.ts';
import { outdatedBrowsers } from './browsers.ts';
import { newContactWrite } from './contacts.ts';
import { eventWrite, putEvent, type StoredEvent } from './events.ts';
import { claimWrites, isClaim, kindsOf, othersOf, ownersIn, pkOf, readIdentities } from './identities.ts';

/** Far more than a person has; beyond it nothing more is linked. */
const maxIdentities = 500;

/** What the caller knows of an event before it is known whose it is. */
export type EventDraft = Omit<StoredEvent, 'contact'>;
export interface Arrival {
  contact: string;
  /** Stored now, or known already by this id. */
  outcome: 'stored' | 'repeated';
  /** A contact was made for it. */
  created: boolean;
  /** What comes next with the same identities changes nothing about whose they are: `storeKnown` will do. */
  isKnown?: true;
}

interface Whose {
  owners: ReadonlyMap<string, string>;
  contact: string;
}

/** Browsers may come side by side: one too many is one more that goes the next time. */
const onlyBrowsers = (links: readonly Identity[], gone: readonly string[]): boolean =>
  gone.length === 0 && links.every(({ kind }) => kind === 'anonymousId');

const linkWrite = (
  store: Store,
  { contact, seen }: { contact: string; seen: ReadonlySet<string> },
  links: readonly Identity[],
  gone: readonly string[],
): TableWrite => {
  const added = links.map(pkOf);
  const part = { table: store.main, key: main.profile(contact) };
  if (onlyBrowsers(links, gone))
    return {
      ...{
        ...part,
        update: 'ADD identities :new',
        values: { ':new': new Set(added), ':most': maxIdentities },
      },
      condition: 'attribute_not_exists(erasedAt) AND attribute_exists(pk) AND size(identities) < :most',
    };
  const all = new Set([...[...seen].filter((pk) => !gone.includes(pk)), ...added]);
  return {
    ...{ ...part, update: 'SET identities = :all', values: { ':all': all, ':seen': new Set(seen) } },
    condition: 'attribute_not_exists(erasedAt) AND identities = :seen',
  };
};

const removeWrites = (store: Store, contact: string, gone: readonly string[]): TableWrite[] =>
  gone.map((pk) => ({
    ...{ table: store.main, remove: { pk, sk: 'I' } },
    ...{ condition: 'attribute_not_exists(pk) OR contact = :contact', values: { ':contact': contact } },
  }));

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
    throw new ReadAgain('an identity was taken meanwhile', { cause: error });
  }
};

const plainly = async (store: Store, event: StoredEvent): Promise<Arrival> => ({
  contact: event.contact,
  outcome: await putEvent(store, event),
  created: false,
});

/** Of the contact that an identity leads to. */
const identitiesOf = async (store: Store, contact: string): Promise<ReadonlySet<string>> => {
  const profile = await store.main.get(main.profile(contact));
  if (!profile?.identities) throw new ReadAgain('the contact was merged or erased meanwhile');
  return profile.identities as Set<string>;
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

/** The event is the contact's, and brings it what `publicLinks` allows. @returns undefined when it is not */
const joinContact = async (
  store: Store,
  { found, free, draft }: { found: Identity; free: readonly Identity[]; draft: EventDraft },
  contact: string,
): Promise<Arrival | undefined> => {
  const event = { ...draft, contact };
  if (free.length === 0) return plainly(store, event);
  const seen = await identitiesOf(store, contact);
  const allowed = publicLinks(found, free, kindsOf(seen));
  if (!allowed) return undefined;
  const links = seen.size < maxIdentities ? allowed : [];
  const told = withoutRefused(
    event,
    free.filter((identity) => !links.includes(identity)),
  );
  if (links.length === 0) return plainly(store, told);
  const gone = await outdatedBrowsers(store, seen, links);
  const link = linkWrite(store, { contact, seen }, links, gone);
  const writes = [link, ...claimWrites(store, contact, links), ...removeWrites(store, contact, gone)];
  return arrive(store, told, writes, false);
};

const resolve = async (store: Store, given: readonly Identity[], draft: EventDraft): Promise<Arrival> => {
  const items = await readIdentities(store, given);
  const owners = ownersIn(items);
  const [first] = items;
  if (first && (await wasStoredBefore(store, items, draft.id)))
    return { contact: String(first.contact), outcome: 'repeated', created: false };
  const free = given.filter((identity) => !owners.has(pkOf(identity)));
  for (const found of given) {
    const contact = owners.get(pkOf(found));
    if (contact === undefined) continue;
    const its = withoutOthers(draft, given, { owners, contact });
    if (free.length === 0 && its === draft && !items.some(({ was }) => was))
      return { ...(await plainly(store, { ...draft, contact })), isKnown: true };
    const arrival = await joinContact(store, { found, free, draft: its }, contact);
    if (arrival) return arrival;
  }
  const contact = newId();
  return create(store, free, {
    ...withoutOthers(draft, given, { owners, contact }),
    contact,
  });
};

const without = (bag: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(bag).filter(([name]) => !names.includes(name)));

/** The contact keeps the address it has, or none; its history says that another one was asked for. */
const withoutRefused = (event: StoredEvent, refused: readonly Identity[]): StoredEvent => {
  const kinds = refused.filter(isAddress).map(({ kind }) => kind as 'email' | 'phone');
  if (kinds.length === 0) return event;
  return {
    ...event,
    ...(event.traits ? { traits: without(event.traits, kinds) } : {}),
    refusedAddresses: kinds,
  };
};

/**
 * Nobody becomes another contact by naming its address: the event keeps that it was named and whose it is,
 * and not the address. A browser that is nobody's yet joins the contact.
 */
const withoutOthers = (draft: EventDraft, given: readonly Identity[], found: Whose): EventDraft => {
  const others = othersOf(given, found);
  if (others.length === 0) return draft;
  const conflicts = others.filter(isClaim);
  const joins = [...new Set(others.filter((other) => !isClaim(other)).map(({ contact }) => contact))];
  const names: IdentityKind[] = conflicts.map(({ kind }) => kind);
  return {
    ...draft,
    ...(draft.traits ? { traits: without(draft.traits, names) } : {}),
    properties: without(draft.properties, names),
    ...(joins.length > 0 ? { joins } : {}),
    ...(conflicts.length > 0 ? { conflicts } : {}),
  };
};

const create = (store: Store, identities: readonly Identity[], event: StoredEvent): Promise<Arrival> => {
  const { contact } = event;
  const source = event.touch ?? touchIn(event.properties);
  const profile = { ...emptyContact(contact, event.at), ...(source && { source }) };
  const keys = identities.map(({ kind, value }) => main.identity(kind, value));
  const writes = [newContactWrite(store, profile, keys), ...claimWrites(store, contact, identities)];
  return arrive(store, event, writes, true);
};

/** One write, for the next event of somebody whose last one was `isKnown` just now. */
export const storeKnown = (store: Store, event: StoredEvent): Promise<Arrival> =>
  untilSettled(() => plainly(store, event));

/**
 * Finds whose event of a public door this is and stores it. A known contact costs one read and one write; a
 * new one, or a new identity of a known one, one transaction.
 */
export const storeArrival = (
  store: Store,
  identities: readonly Identity[],
  draft: EventDraft,
): Promise<Arrival> => untilSettled(() => resolve(store, byStrength(identities), draft));
