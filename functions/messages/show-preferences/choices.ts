import type { FormValues } from '#http/form-body';
import type { Client } from '#model/client';
import { type Contact, hasConsent } from '#model/contact';
import type { ConsentWord } from '#policy/contacts/consent';

type Channel = 'email' | 'sms' | 'push';

/** One checkbox. */
export interface Choice {
  channel: Channel;
  topic?: string;
  given: boolean;
}

/** Field of the form. */
export const fieldOf = ({ channel, topic }: Pick<Choice, 'channel' | 'topic'>): string =>
  topic === undefined ? channel : `${channel}.${topic}`;

const hasAddress = (contact: Contact, field: string): boolean => {
  const address = contact.fields[field];
  return typeof address === 'string' && address !== '';
};

/** A device is registered with a word of consent; it has no field. */
const reaches: Readonly<Record<Channel, (client: Client, contact: Contact) => boolean>> = {
  email: ({ channels }, contact) => channels.email !== undefined && hasAddress(contact, 'email'),
  sms: ({ channels }, contact) => channels.sms !== undefined && hasAddress(contact, 'phone'),
  push: (_, contact) => contact.consent.push !== undefined,
};

const mayWrite = (contact: Contact, channel: string): boolean =>
  hasConsent(contact, channel) && contact.suppressed[channel] === undefined;

/** After a complaint only an administrator gives the channel back: a box would promise what does not hold. */
const isOpen = ({ suppressed }: Contact, channel: string): boolean =>
  suppressed[channel]?.reason !== 'complaint';

/**
 * The channels on which the contact can be reached, and the topics, which hold for all of them: they
 * stand with the first. A topic of a channel that was left shows what it would be again.
 */
export const choicesOf = (client: Client, contact: Contact): Choice[] => {
  const reachable = (Object.keys(reaches) as Channel[]).filter(
    (name) => reaches[name](client, contact) && isOpen(contact, name),
  );
  return reachable.flatMap((channel, i) => [
    { channel, given: mayWrite(contact, channel) },
    ...(i === 0 ? Object.keys(client.topics) : []).map((topic) => ({
      channel,
      topic,
      given: contact.consent[topic]?.given !== false,
    })),
  ]);
};

/** Fields that were ticked when the page was shown, as the page says; undefined where it says nothing. */
export const shownField = 'shown';
export const shownBy = (choices: readonly Choice[]): string =>
  choices
    .filter(({ given }) => given)
    .map(fieldOf)
    .join(' ');

const shownTo = (values: FormValues): ReadonlySet<string> | undefined => {
  const [text] = values.get(shownField) ?? [];
  return typeof text === 'string' ? new Set(text.split(' ')) : undefined;
};

/**
 * What was changed on the page: each yes before each no, so that leaving a channel is not undone by
 * one of its topics. What the reader did not touch stays, also when it became another since the page was
 * shown: an old page that is saved takes back no unsubscribe. Who leaves every channel keeps what was
 * said of topics.
 */
export const wordsOf = (choices: readonly Choice[], values: FormValues): ConsentWord[] => {
  const isTicked = (choice: Choice): boolean => values.has(fieldOf(choice));
  const shown = shownTo(values);
  const isTouched = (choice: Choice): boolean => !shown || shown.has(fieldOf(choice)) !== isTicked(choice);
  const kept = choices.find((choice) => choice.topic === undefined && isTicked(choice))?.channel;
  return choices
    .filter((choice) => isTicked(choice) !== choice.given && isTouched(choice))
    .filter(({ topic }) => topic === undefined || kept !== undefined)
    .map(({ channel, topic, given }) => ({
      channel: topic === undefined ? channel : (kept ?? channel),
      topic,
      given: !given,
      source: 'preferences',
    }))
    .sort((a, b) => Number(b.given) - Number(a.given));
};
