import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { noChange } from '#policy/contacts/contact-change';
import { type ComingDate, type Reviewed, reviewContact } from '#policy/segments/audience';
import { dateKey } from '#policy/segments/dates';
import { eventWrite, type StoredEvent } from '#store/contacts/events';
import { membershipWrites } from '#store/contacts/memberships';
import { getProfile, standingWrite } from '#store/contacts/profiles';
import { main } from '#store/keys';
import { ReadAgain, untilSettled } from '#store/retry';
import { readEntries } from '#store/runs/runs';
import type { Store } from '#store/store';
import { TransactionRefused, transact } from '#store/table';
import { audienceFor, happenings, isDue, isOutdated, standingOf } from './standing.ts';

/**
 * Looks at a contact to which nothing happened: time may have moved it between segments, one of its dates
 * may have come, or what is asked was written anew. What came of it is stored as events, in the
 * transaction that remembers it, so that each is told once.
 * @returns how many events; undefined when there is no such contact
 */
export const review = async (store: Store, contactId: string): Promise<number | undefined> => {
  let told: number | undefined;
  for (let again = true; again; ) {
    const look = await untilSettled(() => lookOnce(store, contactId));
    if (look) told = (told ?? 0) + look.told;
    again = look?.isMore ?? false;
  }
  return told;
};

/** @returns `isMore`: so much moved that it does not fit into one writing */
const lookOnce = async (
  store: Store,
  contactId: string,
): Promise<{ told: number; isMore: boolean } | undefined> => {
  const profile = await getProfile(store, contactId);
  if (!profile) return undefined;
  const { contact, standing } = profile;
  const audience = await audienceFor(store, standing);
  const now = store.clock.now();
  // The agenda lags behind, and others look too.
  if (!isOutdated(audience, standing) && !isDue(standing, now)) return { told: 0, isMore: false };
  const past = await happenings(store, audience, { contact });
  const reviewed = reviewContact(audience, standing, { contact, now, events: past });
  const concernsRuns = reviewed.isMovedSilently && (await hasActiveRun(store, contact.id));
  const events = eventsOf(contactId, reviewed, { now, turn: standing.turn, concernsRuns });
  const told = await untold(store, contactId, events);
  const next = standingOf(reviewed);
  try {
    await transact(store.dynamodb, [
      standingWrite(store, profile, next),
      ...membershipWrites(store, contact.id, { before: standing.segments, after: next.segments }),
      ...told.map((event) => eventWrite(store, event)),
    ]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw new ReadAgain('the contact changed meanwhile', { cause: error });
  }
  return { told: told.length, isMore: reviewed.isMore };
};

/**
 * New words of a segment are no trigger, but a run whose exit rule asks for it ends at once and not at
 * the contact's next event.
 */
const hasActiveRun = async (store: Store, contact: string): Promise<boolean> =>
  (await readEntries(store, contact)).some(({ activeRun }) => activeRun !== undefined);

const eventsOf = (
  contact: string,
  { entered, left, dates }: Reviewed,
  { now, turn, concernsRuns }: { now: number; turn: number; concernsRuns: boolean },
): StoredEvent[] => [
  ...(entered.length + left.length > 0 || concernsRuns
    ? [movedEvent(contact, { entered, left }, { now, turn })]
    : []),
  ...dates.map((date) => dateEvent(contact, date, now)),
];

const common = (contact: string, now: number) =>
  ({ contact, at: iso(now), happenedAt: iso(now), depth: 0, state: 'accepted' }) as const;

const movedEvent = (
  contact: string,
  { entered, left }: Pick<Reviewed, 'entered' | 'left'>,
  { now, turn }: { now: number; turn: number },
): StoredEvent => {
  const by = entered.length + left.length > 0 ? 'time' : 'segment';
  const change = { ...noChange(by), segmentsEntered: entered, segmentsLeft: left };
  const id = `time-${derivedId('time', contact, turn)}`;
  return {
    ...common(contact, now),
    ...{ id, type: 'change', name: 'Contact Changed', properties: {}, change, applied: change },
  };
};

/** One for each date, trigger and contact, whatever becomes of the contact's zone meanwhile. */
const dateEvent = (contact: string, { at, of, trigger }: ComingDate, now: number): ContactEvent => ({
  ...common(contact, now),
  id: `date-${derivedId('date', contact, dateKey(trigger), of)}`,
  type: 'date',
  name: trigger.date,
  happenedAt: iso(at),
  properties: {
    of,
    ...(trigger.offset === undefined ? {} : { offset: trigger.offset }),
    ...(trigger.at === undefined ? {} : { at: trigger.at }),
  },
});

/** A date that was moved away and back, or over a change of zone, was told the first time. */
const untold = async (store: Store, contact: string, events: StoredEvent[]): Promise<StoredEvent[]> => {
  if (events.length === 0) return events;
  const stored = await store.main.getMany(events.map(({ id }) => main.event(contact, id)));
  const ids = new Set(stored.map(({ id }) => id));
  return events.filter(({ id }) => !ids.has(id));
};
