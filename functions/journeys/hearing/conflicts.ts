import { derivedId } from '#kernel/ids';
import type { ContactChange, ContactEvent, IdentityConflict } from '#model/event';
import { getContact } from '#store/contacts/contacts';
import { putEvent, type StoredEvent } from '#store/contacts/events';
import type { Services } from '../services.ts';

/** One line for each two contacts and kind of address, however often it is claimed. */
const lineOf = (
  { contact, at, happenedAt, depth }: StoredEvent,
  { kind, contact: owner }: IdentityConflict,
  mine: 'claimed' | 'owned',
): ContactEvent => ({
  id: `conflict-${derivedId('conflict', kind, contact, owner)}`,
  contact: mine === 'claimed' ? contact : owner,
  ...({ type: 'identity', name: 'Identity Conflict', state: 'heard' } as const),
  ...{ at, happenedAt, depth },
  properties: { kind, [mine]: true, contact: mine === 'claimed' ? owner : contact },
});

/**
 * Who named an address that belongs to another contact is not merged with it: both histories say so, for a
 * person to look at.
 */
export const noteConflicts = async ({ store }: Services, event: StoredEvent): Promise<void> => {
  for (const conflict of event.conflicts ?? []) {
    const [claimer, owner] = await Promise.all([
      getContact(store, event.contact),
      getContact(store, conflict.contact),
    ]);
    // Erased, or found to be one person since.
    if (!claimer || !owner || claimer.id === owner.id) continue;
    await putEvent(store, lineOf(event, conflict, 'claimed'));
    await putEvent(store, lineOf(event, conflict, 'owned'));
  }
};

/** One line for each kind of address and day: who asks all day long fills no history. */
const refusedLine = (
  { contact, at, happenedAt, depth }: StoredEvent,
  kind: 'email' | 'phone',
): ContactEvent => ({
  id: `conflict-${derivedId('refused-address', kind, contact, at.slice(0, 10))}`,
  contact,
  ...({ type: 'identity', name: 'Identity Conflict', state: 'heard' } as const),
  ...{ at, happenedAt, depth },
  properties: { kind, refused: true },
});

/** A public key asked for another address, and the contact keeps its own: a person may decide otherwise. */
export const noteRefusedAddresses = async (
  { store }: Services,
  event: StoredEvent,
  { refusedAddresses = [] }: ContactChange,
): Promise<void> => {
  for (const kind of new Set([...(event.refusedAddresses ?? []), ...refusedAddresses]))
    await putEvent(store, refusedLine(event, kind));
};
