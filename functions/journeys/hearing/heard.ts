import type { Contact } from '#model/contact';
import type { ContactChange } from '#model/event';
import type { StoredEvent } from '#store/contacts/events';

/** One event, and the contact as it is after it. */
export interface HeardEvent {
  event: StoredEvent;
  change: ContactChange;
  contact: Contact;
}
