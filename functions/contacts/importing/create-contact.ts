import { iso } from '#kernel/clock';
import { type Contact, emptyContact } from '#model/contact';
import type { ContactChange, ContactEvent } from '#model/event';
import { newAddresses } from '#policy/contacts/apply-event';
import type { Identity } from '#policy/contacts/identity';
import { type ContactUpdate, updateContact } from '#policy/contacts/update-contact';
import { newcomer } from '#policy/segments/audience';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { ledgerWrites } from '#store/contacts/consents';
import { newContactWrite } from '#store/contacts/contacts';
import { eventWrite } from '#store/contacts/events';
import { claimWrites, identityKey } from '#store/contacts/identities';
import { membershipWrites } from '#store/contacts/memberships';
import { type NewStanding, standingMembers } from '#store/contacts/profiles';
import { readSuppressions, suppressionWrites } from '#store/contacts/suppressions';
import { ReadAgain } from '#store/retry';
import type { Store } from '#store/store';
import { type TableWrite, TransactionRefused, transact } from '#store/table';
import { told } from '../changing/apply.ts';
import { moveContact } from '../changing/standing.ts';

export interface NewContact {
  /** Derived, so that a repeat finds itself. */
  contact: string;
  event: string;
  by: string;
  identities: readonly Identity[];
  update: ContactUpdate;
}

/** Runs and triggers can hear only what came into being with it; of nothing else need they be told. */
const mayBeHeard = ({ tagsAdded, segmentsEntered }: ContactChange): boolean =>
  tagsAdded.length + segmentsEntered.length > 0;

const profileWrite = (
  store: Store,
  contact: Contact,
  { identities, next }: { identities: readonly Identity[]; next: NewStanding | undefined },
): TableWrite => {
  const write = newContactWrite(store, contact, identities.map(identityKey));
  return next ? { ...write, put: { ...write.put, ...standingMembers(contact.id, next) } } : write;
};

/**
 * A contact with all that is known of it, its identities and the event that tells of it, in one transaction.
 * @returns it, and whether journeys are to hear of it
 * @throws ReadAgain when one of its identities was taken meanwhile, or it is there already
 */
export const createContact = async (
  store: Store,
  given: NewContact,
): Promise<{ contact: Contact; isTold: boolean }> => {
  const at = iso(store.clock.now());
  const before = emptyContact(given.contact, at);
  const known = await readSuppressions(store, newAddresses(before, given.update.set ?? {}));
  const settings = await contactSettingsOf(store);
  const applied = updateContact(before, given.update, { by: given.by, at, known, settings });
  const event: ContactEvent = {
    ...{ id: given.event, at, happenedAt: at, depth: 0, contact: given.contact, change: applied.change },
    ...{ type: 'change', name: 'Contact Changed', properties: {}, state: 'accepted' },
  };
  const moved = await moveContact(store, { contact: before, standing: newcomer }, { ...applied, event });
  const isTold = mayBeHeard(moved.change);
  const contact = { ...applied.contact, rev: 1 };
  const writes = [
    eventWrite(store, { ...told(event, moved), state: isTold ? 'accepted' : 'heard' }),
    profileWrite(store, contact, { identities: given.identities, next: moved.next }),
    ...claimWrites(store, given.contact, given.identities),
    ...ledgerWrites(store, before, contact),
    ...(await suppressionWrites(store, before, contact)),
    ...membershipWrites(store, given.contact, { before: [], after: moved.next?.segments ?? [] }),
  ];
  try {
    await transact(store.dynamodb, writes);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw new ReadAgain('an identity was taken meanwhile', { cause: error });
  }
  return { contact, isTold };
};
