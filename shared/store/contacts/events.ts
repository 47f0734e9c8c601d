import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import type { ContactChange, ContactEvent } from '#model/event';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import { main, unsettled } from '../keys.ts';
import { untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { type Item, isWritten, type TableWrite } from '../table.ts';
import { livingProfile } from './contacts.ts';
import { type Profile, profileOfItem } from './profiles.ts';

/** An event as stored. `applied` is set once the profile holds what it says. */
export type StoredEvent = ContactEvent & { applied?: ContactChange; reason?: string };

/** Also reads the image of a stream record. */
export const eventOfItem = (item: Item): StoredEvent => {
  const { pk, sk, kind, unsettled: _, unsettledAt, expiresAt, counted, ...event } = item;
  return event as unknown as StoredEvent;
};

/** An id is stored once per contact; what was stored first stays. */
export const eventWrite = (store: Store, event: StoredEvent): Extract<TableWrite, { put: object }> => ({
  table: store.main,
  put: {
    ...main.event(event.contact, event.id),
    kind: 'event',
    ...event,
    ...store.keptUntil(event.at),
    ...(event.state === 'accepted' ? { unsettled: unsettled('event', event.id), unsettledAt: event.at } : {}),
  },
  condition: 'attribute_not_exists(pk)',
});

/** A repeat is a success: the sender only wants to know that the event is safe. */
export const putEvent = async (store: Store, event: StoredEvent): Promise<'stored' | 'repeated'> => {
  const { put, condition } = eventWrite(store, event);
  return (await isWritten(untilSettled(() => store.main.put(put, { condition })))) ? 'stored' : 'repeated';
};

export const getEvent = async (
  store: Store,
  contact: string,
  id: string,
): Promise<StoredEvent | undefined> => {
  const item = await store.main.get(main.event(contact, id));
  return item && eventOfItem(item);
};

/** One read: the profile and the event as they are now. */
export const profileAndEvent = async (
  store: Store,
  contact: string,
  id: string,
): Promise<{ profile?: Profile; stored?: StoredEvent }> => {
  const items = await store.main.getMany([main.profile(contact), main.event(contact, id)]);
  const profile = await livingProfile(
    store,
    items.find((item) => item.sk === main.profile(contact).sk),
  );
  const event = items.find((item) => item.kind === 'event');
  return {
    ...(profile && { profile: profileOfItem(profile, store.clock.now()) }),
    ...(event && { stored: eventOfItem(event) }),
  };
};

/** Part of the transaction that changes the profile; refused when that has been done. */
export const appliedWrite = (
  store: Store,
  contact: string,
  id: string,
  applied: ContactChange,
): TableWrite => ({
  table: store.main,
  key: main.event(contact, id),
  update: 'SET applied = :applied',
  condition: 'attribute_exists(pk) AND attribute_not_exists(applied)',
  values: { ':applied': applied },
});

const settle = (store: Store, contact: string, id: string, state: ContactEvent['state'], reason?: string) =>
  store.main.update(main.event(contact, id), {
    update: `SET #state = :state${reason === undefined ? '' : ', reason = :reason'} REMOVE unsettled, unsettledAt`,
    condition: 'attribute_exists(pk)',
    names: { '#state': 'state' },
    values: { ':state': state, ...(reason === undefined ? {} : { ':reason': reason }) },
  });

/** The journeys have heard it: the sweep need not look at it any more. */
export const markHeard = async (store: Store, contact: string, id: string): Promise<void> => {
  await settle(store, contact, id, 'heard');
};

const mark = (
  store: Store,
  contact: string,
  id: string,
  as: { state: ContactEvent['state']; what: 'event' | 'parked'; reason?: string },
) =>
  store.main.update(main.event(contact, id), {
    update: `SET #state = :state, unsettled = :unsettled, unsettledAt = :now${as.reason === undefined ? '' : ', reason = :reason'}`,
    condition: 'attribute_exists(pk)',
    names: { '#state': 'state' },
    values: {
      ':state': as.state,
      ':unsettled': unsettled(as.what, id),
      ':now': iso(store.clock.now()),
      ...(as.reason === undefined ? {} : { ':reason': as.reason }),
    },
  });

/** Set aside for a person, with the reason; nothing tries it again by itself. */
export const quarantineEvent = async (
  store: Store,
  contact: string,
  id: string,
  reason: string,
): Promise<void> => {
  await mark(store, contact, id, { state: 'quarantined', what: 'parked', reason });
};

/** A person wants it tried again: from now on the sweep looks after it as after a new one. */
export const readmitEvent = async (store: Store, contact: string, id: string): Promise<void> => {
  await mark(store, contact, id, { state: 'accepted', what: 'event' });
};

/** A person has seen it: it stays in the contact's history as what was never heard, and is listed no more. */
export const dropEvent = async (store: Store, contact: string, id: string): Promise<void> => {
  await settle(store, contact, id, 'quarantined');
};

export interface Window {
  /** ISO, inclusive. */
  since?: string;
  until?: string;
  newestFirst?: boolean;
  /** Of what was looked at, before `onlyEvents` leaves any out. */
  limit?: number;
  onlyEvents?: boolean | undefined;
}

export type HistoryItem =
  | ({ kind: 'event' } & StoredEvent)
  | ({ kind: 'run'; at: string } & Run)
  | ({ kind: 'step' } & StepRecord)
  | ({ kind: 'send' } & Send);

/** A contact with all that became one with it; an id alone is that one partition. */
export type Whole = string | Pick<Contact, 'id' | 'merged'>;

const partitionsOf = (contact: Whole): string[] =>
  typeof contact === 'string' ? [contact] : [contact.id, ...(contact.merged ?? [])];

const inOrder = (parts: readonly HistoryItem[][], { newestFirst, limit }: Window): HistoryItem[] => {
  if (parts.length === 1) return parts[0]!;
  const sign = newestFirst ? -1 : 1;
  return parts
    .flat()
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -sign : sign))
    .slice(0, limit);
};

/** Everything that happened to a contact, in the order in which it was stored. */
export const history = async (store: Store, contact: Whole, window: Window = {}): Promise<HistoryItem[]> =>
  inOrder(
    await Promise.all(partitionsOf(contact).map((partition) => partHistory(store, partition, window))),
    window,
  );

const partHistory = async (store: Store, contact: string, window: Window): Promise<HistoryItem[]> => {
  const items = await store.main.query({
    pk: main.contactPk(contact),
    index: 'by-time',
    ofPrefix: window.onlyEvents ? main.eventPrefix : undefined,
    from: window.since,
    to: window.until,
    descending: window.newestFirst,
    limit: window.limit,
  });
  return items.map(
    ({ pk, sk, unsettled: _, unsettledAt, expiresAt, counted, ...item }) => item as unknown as HistoryItem,
  );
};

/** Events of one name (or all) within the window, oldest first. */
export const eventsWithin = async (
  store: Store,
  contact: Whole,
  window: Window & { name?: string; type?: ContactEvent['type'] } = {},
): Promise<StoredEvent[]> => {
  const items = (await history(store, contact, { ...window, onlyEvents: true })) as StoredEvent[];
  return items.filter(
    (item) =>
      (window.name === undefined || item.name === window.name) &&
      (window.type === undefined || item.type === window.type),
  );
};
