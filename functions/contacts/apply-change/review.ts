import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { type ComingDate, type Reviewed, reviewContact } from '#policy/audience';
import { noChange } from '#policy/contact-change';
import { dateKey } from '#policy/dates';
import { eventWrite, type StoredEvent } from '#store/events';
import { main } from '#store/keys';
import { getProfile, standingWrite } from '#store/profiles';
import { ReadAgain, untilSettled } from '#store/retry';
import type { Store } from '#store/store';
import { TransactionRefused, transact } from '#store/table';
import { audienceFor, happenings, isDue, isOutdated, standingOf } from './standing.ts';

/**
 * Looks at a contact to which nothing happened: time may have moved it between segments, one of its dates
 * may have come, or what is asked was written anew. What came of it is stored as events, in the
 * transaction that remembers it, so that each is told once.
 * @returns how many events; undefined when there is no such contact
 */
export const review = (store: Store, contactId: string): Promise<number | undefined> =>
  untilSettled(async () => {
    const profile = await getProfile(store, contactId);
    if (!profile) return undefined;
    const { contact, standing } = profile;
    const audience = await audienceFor(store, standing);
    const now = store.clock.now();
    // The agenda lags behind, and others look too.
    if (!isOutdated(audience, standing) && !isDue(standing, now)) return 0;
    const events = await happenings(store, audience, { contact: contactId });
    const reviewed = reviewContact(audience, standing, { contact, now, events });
    const told = await untold(store, contactId, eventsOf(contactId, reviewed, { now, turn: standing.turn }));
    try {
      await transact(store.dynamodb, [
        standingWrite(store, profile, standingOf(audience, reviewed)),
        ...told.map((event) => eventWrite(store, event)),
      ]);
    } catch (error) {
      if (!(error instanceof TransactionRefused)) throw error;
      throw new ReadAgain('the contact changed meanwhile', { cause: error });
    }
    return told.length;
  });

const eventsOf = (
  contact: string,
  { entered, left, dates }: Reviewed,
  { now, turn }: { now: number; turn: number },
): StoredEvent[] => [
  ...(entered.length + left.length === 0 ? [] : [movedEvent(contact, { entered, left }, { now, turn })]),
  ...dates.map((date) => dateEvent(contact, date, now)),
];

const common = (contact: string, now: number) =>
  ({ contact, at: iso(now), happenedAt: iso(now), depth: 0, state: 'accepted' }) as const;

const movedEvent = (
  contact: string,
  { entered, left }: Pick<Reviewed, 'entered' | 'left'>,
  { now, turn }: { now: number; turn: number },
): StoredEvent => {
  const change = { ...noChange('time'), segmentsEntered: entered, segmentsLeft: left };
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
