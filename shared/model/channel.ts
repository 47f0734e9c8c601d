import type { Contact } from './contact.ts';

/** Channels that reach the contact; `team` messages go to colleagues and ask for no consent. */
export const contactChannels = ['email', 'sms', 'push'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/** The field of the contact that holds the address of a channel. */
export const addressFields: Readonly<Record<ContactChannel, string>> = {
  email: 'email',
  sms: 'phone',
  push: 'pushEndpoint',
};

/** Their addresses also lead to the contact; what is known against one is remembered when the contact is gone. */
export const identityChannels: readonly ContactChannel[] = ['email', 'sms'];

/** Of a field whose value leads to the contact. */
export const channelOfField = (field: string): ContactChannel | undefined =>
  identityChannels.find((channel) => addressFields[channel] === field);

/** What messages of the channel go to; undefined where the contact has none. */
export const addressOf = (contact: Contact, channel: ContactChannel): string | undefined => {
  const value = contact.fields[addressFields[channel]];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
