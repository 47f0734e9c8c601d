import type { FormValues } from '#http/form-body';
import type { Client } from '#model/client';
import { type Contact, hasConsent } from '#model/contact';
import type { ConsentWord } from '#policy/consent';

/** One checkbox. */
export interface Choice {
  channel: string;
  topic?: string;
  name: string;
  description?: string;
  given: boolean;
}

/** Field of the form. */
export const fieldOf = ({ channel, topic }: Pick<Choice, 'channel' | 'topic'>): string =>
  topic === undefined ? channel : `${channel}.${topic}`;

const channelNames: Readonly<Record<string, string>> = { email: 'E-mail', sms: 'Text messages' };
const addressFields: Readonly<Record<string, string>> = { email: 'email', sms: 'phone' };

const mayWrite = (contact: Contact, channel: string): boolean =>
  hasConsent(contact, channel) && contact.suppressed[channel] === undefined;

/**
 * The channels on which the contact can be reached, the topics under e-mail. A topic of a channel that
 * was left shows what it would be again.
 */
export const choicesOf = (client: Client, contact: Contact): Choice[] => {
  const reachable = Object.keys(client.channels).filter((channel) => {
    const address = contact.fields[addressFields[channel] ?? ''];
    return typeof address === 'string' && address !== '';
  });
  const topics = Object.entries(client.topics);
  return reachable.flatMap((channel) => [
    { channel, name: channelNames[channel] ?? channel, given: mayWrite(contact, channel) },
    ...(channel === 'email' ? topics : []).map(([topic, about]) => ({
      channel,
      topic,
      ...about,
      given: contact.consent[topic]?.given !== false,
    })),
  ]);
};

/**
 * What was changed on the page: each yes before each no, so that leaving a channel is not undone by
 * one of its topics. A topic of a channel that is left keeps what was said of it.
 */
export const wordsOf = (choices: readonly Choice[], values: FormValues): ConsentWord[] => {
  const isTicked = (choice: Pick<Choice, 'channel' | 'topic'>): boolean => values.has(fieldOf(choice));
  return choices
    .filter((choice) => isTicked(choice) !== choice.given)
    .filter(({ channel, topic }) => topic === undefined || isTicked({ channel }))
    .map(({ channel, topic, given }) => ({ channel, topic, given: !given, source: 'preferences' }))
    .sort((a, b) => Number(b.given) - Number(a.given));
};
