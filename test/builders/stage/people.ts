import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import { type Contact, emptyContact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { contactOfItem, newContactWrite } from '#store/contacts/contacts';
import { eventOfItem, eventWrite, type StoredEvent } from '#store/contacts/events';
import { main } from '#store/keys';
import { runOfItem } from '#store/runs/runs';
import { stepOfItem } from '#store/runs/steps';
import { sendOfItem } from '#store/sends/sends';
import type { Store } from '#store/store';
import { transact } from '#store/table';

/** Contacts and their events, as the rooms before `journeys` would have stored them. */
export const openPeople = (store: Store) => ({
  async contact(members: Partial<Contact> = {}): Promise<Contact> {
    const at = iso(store.clock.now());
    const yes = { given: true, at, source: 'test' };
    const contact: Contact = {
      ...emptyContact(newId(), at),
      fields: { email: `${newId()}@example.com`, phone: '+4915112345678', firstName: 'Ada' },
      consent: { email: yes, sms: yes },
      ...members,
    };
    await transact(store.dynamodb, [newContactWrite(store, contact, [])]);
    return contact;
  },
  async event(contact: Contact, members: Partial<ContactEvent> = {}): Promise<StoredEvent> {
    const at = iso(store.clock.now());
    const event: ContactEvent = {
      ...{ id: newId(), contact: contact.id, type: 'track', name: 'Signed Up', at, happenedAt: at },
      ...{ properties: {}, depth: 0, state: 'accepted' },
      ...members,
    };
    await transact(store.dynamodb, [eventWrite(store, event)]);
    return event;
  },
  /** All that stands in the contact's partition. */
  async items(contact: Contact) {
    const all = await store.main.query({ pk: main.contactPk(contact.id) });
    const ofKind = (kind: string) => all.filter((item) => item.kind === kind);
    return {
      profile: contactOfItem(ofKind('profile')[0] ?? {}, store.clock.now()),
      runs: ofKind('run').map(runOfItem),
      steps: ofKind('step').map(stepOfItem),
      sends: ofKind('send').map(sendOfItem),
      events: ofKind('event').map(eventOfItem),
      all,
    };
  },
});
