import type { LinkFacts } from '#channels/links';
import { contactOf } from '#kernel/ids';
import type { Contact } from '#model/contact';
import type { ConsentWord } from '#policy/contacts/consent';
import { getContact } from '#store/contacts/contacts';
import type { Store } from '#store/store';

const channels = ['email', 'sms', 'push'] as const;

/** A no to every channel that anything was ever agreed on, and to the one that is spoken on. */
export const noToAll = (contact: Contact | undefined, on: string, source: string): ConsentWord[] =>
  channels
    .filter((channel) => channel === on || contact?.consent[channel] !== undefined)
    .map((channel) => ({ channel, given: false, source }));

export const leavingAll = async (store: Store, facts: LinkFacts, source: string): Promise<ConsentWord[]> =>
  noToAll(await getContact(store, contactOf(facts.sendId)), facts.channel, source);
