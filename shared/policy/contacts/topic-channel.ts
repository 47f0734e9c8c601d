import { addressOf, contactChannels } from '#model/channel';
import type { Contact } from '#model/contact';

interface Word {
  channel: string;
  topic?: string | undefined;
}

const channels: readonly string[] = contactChannels;

/** `identify`, the API and imports may name a topic where a channel is due: `consent: ["news"]`. */
export const isTopicAlone = ({ channel, topic }: Word): boolean =>
  topic === undefined && !channels.includes(channel);

/**
 * Topics hold for all channels. One that is said alone stands where it stood before, else, as on the
 * preferences page, with the first channel that the contact agreed to, or can be reached by.
 */
export const channelOf = (contact: Contact, word: Word): string => {
  if (!isTopicAlone(word)) return word.channel;
  const { consent } = contact;
  return (
    consent[word.channel]?.channel ??
    contactChannels.find((channel) => consent[channel]?.given) ??
    contactChannels.find((channel) => addressOf(contact, channel) !== undefined) ??
    contactChannels[0]
  );
};

/** Topics that are said alone come last: what is said of channels in the same breath says where they stand. */
export const channelsFirst = <W extends Word>(words: readonly W[]): W[] =>
  words.toSorted((a, b) => Number(isTopicAlone(a)) - Number(isTopicAlone(b)));
