import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { Enrolment } from '#model/enrolment';
import type { ContactEvent } from '#model/event';
import { noChange } from '#policy/contacts/contact-change';
import { getContact } from '#store/contacts/contacts';
import { getEvent, putEvent, type StoredEvent } from '#store/contacts/events';
import { putRefusal } from '#store/runs/refusals';
import { readEntries } from '#store/runs/runs';
import { type Entrance, enter } from '../hearing/enter.ts';
import type { HeardEvent } from '../hearing/heard.ts';
import { listenRuns } from '../hearing/listen.ts';
import type { Services } from '../services.ts';

/** What became of one member. */
export type Turn = { kind: 'entered' | 'left' | 'failed' } | { kind: 'refused'; reason: string };

interface Into {
  enrolment: Enrolment;
  journey: { id: string; version: number };
}

/** The same however often it is done; never throws, so that one member does not keep the others. */
export const enrollMember = async (services: Services, into: Into, contact: string): Promise<Turn> => {
  try {
    return await enrollOnce(services, into, contact);
  } catch (error) {
    const { id: enrolment } = into.enrolment;
    services.context.log.warn('member-not-enrolled', { enrolment, contact, ...describeError(error) });
    return { kind: 'failed' };
  }
};

const enrollOnce = async (
  services: Services,
  { enrolment, journey }: Into,
  contactId: string,
): Promise<Turn> => {
  const contact = await getContact(services.store, contactId);
  if (!contact?.segments?.includes(enrolment.segment)) return { kind: 'left' };
  const event = await storeEvent(services, enrolment, contactId);
  const entrance = await hearOne(services, journey, { event, change: noChange(event.id), contact });
  if (entrance.kind !== 'refused') return { kind: 'entered' };
  const { reason } = entrance;
  await putRefusal(services.store, {
    ...{ contact: contactId, event: event.id, reason },
    ...{ journey: journey.id, version: journey.version },
  });
  return { kind: 'refused', reason };
};

/** Its runs may wait for that; of journeys, it means something to this one only. */
const hearOne = async (
  services: Services,
  journey: Into['journey'],
  heard: HeardEvent,
): Promise<Entrance> => {
  const entries = await readEntries(services.store, heard.contact.id);
  const hasEnded = await listenRuns(services, heard, entries);
  return enter(
    services,
    journey,
    heard,
    hasEnded ? await readEntries(services.store, heard.contact.id) : entries,
  );
};

/**
 * Stored as heard, because whoever stores it hears it, and comes back until that is done: so the stream has
 * nothing to do with it, where the events of leads stand in line.
 */
const storeEvent = async (
  { store }: Services,
  { id: enrolment, journey, segment, properties }: Enrolment,
  contact: string,
): Promise<StoredEvent> => {
  const now = iso(store.clock.now());
  const event: ContactEvent = {
    id: `enroll-${derivedId(enrolment, contact)}`,
    ...{ contact, type: 'manual', name: journey, at: now, happenedAt: now, properties },
    ...{ enrolment: { id: enrolment, segment }, depth: 0, state: 'heard' },
  };
  const stored = await putEvent(store, event);
  return stored === 'stored' ? event : ((await getEvent(store, contact, event.id)) ?? event);
};
