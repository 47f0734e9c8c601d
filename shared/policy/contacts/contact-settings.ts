import type { Client } from '#model/client';
import type { ContactRules } from '#model/contact-rules';

/** What the client says of its contacts, and its zone for those whose own is not known. */
export type ContactSettings = ContactRules & {
  timezone?: string;
  /** For phone numbers without a country code. */
  country?: string | undefined;
  /** Ids of what contacts can choose to hear of. */
  topics?: readonly string[];
};

export const contactSettingsIn = (client: Client): ContactSettings => {
  const { fields, score, stages, timezone, channels, topics = {} } = client;
  return { fields, score, stages, timezone, country: channels.sms?.country, topics: Object.keys(topics) };
};
