import type { Edit, Properties } from './story.ts';

/** What is known of the contact, and how it changes. */
export interface Contact {
  fields: Properties;
  tags: string[];
  score: number;
  stage: string | undefined;
  /** Given or taken back, by channel and topic. */
  consent: Record<string, boolean>;
  /** Why a channel is closed. */
  closed: Record<string, 'unsubscribe' | 'complaint' | 'hard-bounce'>;
}

/** What an event changed: triggers hear it. */
export interface Change {
  tagsAdded: string[];
  entered: string[];
  left: string[];
}

export const newContact = (): Contact => ({
  fields: {},
  tags: [],
  score: 0,
  stage: undefined,
  consent: {},
  closed: {},
});

/** Only taking back always counts; giving counts while the contact has said nothing. */
const hearConsent = (contact: Contact, key: string, given: boolean): void => {
  if (!given) contact.consent[key] = false;
  else if (contact.consent[key] === undefined && !contact.closed[key]) contact.consent[key] = true;
};

const addTags = (contact: Contact, tags: readonly string[]): void => {
  contact.tags = [...new Set([...contact.tags, ...tags])];
};

export const identify = (contact: Contact, traits: Properties): void => {
  const { tags, score, stage, consent, ...fields } = traits;
  Object.assign(contact.fields, fields);
  if (Array.isArray(tags)) addTags(contact, tags);
  if (typeof score === 'number') contact.score = score;
  if (typeof stage === 'string') contact.stage = stage;
  if (Array.isArray(consent)) for (const key of consent) hearConsent(contact, key, true);
  else for (const [key, given] of Object.entries(consent ?? {})) hearConsent(contact, key, given === true);
};

export const edit = (
  contact: Contact,
  { set, unset, addTags: more, removeTags, addScore, stage }: Edit,
): void => {
  Object.assign(contact.fields, set);
  for (const name of unset ?? []) delete contact.fields[name];
  addTags(contact, more ?? []);
  contact.tags = contact.tags.filter((tag) => !removeTags?.includes(tag));
  contact.score += addScore ?? 0;
  if (stage !== undefined) contact.stage = stage;
};

/** A weaker reason never replaces a stronger one. */
const strength = ['unsubscribe', 'complaint', 'hard-bounce'] as const;
export const close = (contact: Contact, channel: string, reason: (typeof strength)[number]): void => {
  const before = contact.closed[channel];
  if (!before || strength.indexOf(before) < strength.indexOf(reason)) contact.closed[channel] = reason;
};

export const mayBeWrittenTo = ({ consent }: Contact, channel: string, topic?: string): boolean =>
  consent[channel] === true && (topic === undefined || consent[topic] !== false);

export const viewOf = ({ fields, tags, score, stage }: Contact): Properties => ({
  ...fields,
  ...{ tags, score, stage },
});
