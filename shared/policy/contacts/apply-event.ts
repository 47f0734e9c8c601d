import type { Contact } from '#model/contact';
import type { ContactChange, ContactEvent } from '#model/event';
import { type ConsentWord, consentKeys, hearConsent, knowAddress, suppress } from './consent.ts';
import { changeBetween } from './contact-change.ts';
import { addTags, lacksRoom, refusedStage, setField, setStage } from './contact-fields.ts';
import type { ContactSettings } from './contact-settings.ts';
import { normaliseEmail, normalisePhone } from './identity.ts';
import { limitsOf, publicTraits, tagsOf, unheardChannels } from './public-traits.ts';
import { addScore, mayScore, putScore, scoreEvent } from './score-rules.ts';
import { channelOf, channelsFirst } from './topic-channel.ts';

export interface Applied {
  /** The very contact that was given when nothing changed. */
  contact: Contact;
  change: ContactChange;
}

/**
 * Most events say something that happened and nothing about the contact itself.
 * @param settings whose score rules may listen; without it only what the event itself says counts
 */
export const mayChange = (event: ContactEvent, settings: ContactSettings = {}): boolean =>
  mayScore(event, settings) ||
  event.traits !== undefined ||
  (event.consent?.length ?? 0) > 0 ||
  (event.addTags?.length ?? 0) > 0 ||
  (event.addScore ?? 0) !== 0 ||
  messageSays(event).length > 0 ||
  isHardBounce(event) ||
  isRepeatedBounce(event);

const isHardBounce = ({ message }: ContactEvent): boolean =>
  message?.was === 'bounced' && message.bounce === 'hard';
const isRepeatedBounce = ({ message }: ContactEvent): boolean =>
  message?.was === 'bounced' && message.repeated === true;

/** What a mailbox or a reader told about consent, where the event does not spell it out. */
const messageSays = ({ message, consent = [] }: ContactEvent): ConsentWord[] => {
  if (!message || consent.length > 0) return [];
  if (message.was === 'unsubscribed')
    return [{ channel: message.channel, given: false, source: 'unsubscribe' }];
  if (message.was === 'complained') return [{ channel: message.channel, given: false, source: 'complaint' }];
  return [];
};

/** `consent: ["email"]` or `{ email: true, sms: false }` among the traits. */
const traitsSay = ({ traits = {}, origin }: ContactEvent): ConsentWord[] => {
  const { consent } = traits;
  const said = { source: 'identify', ...(origin === undefined ? {} : { origin }) };
  if (Array.isArray(consent))
    return consent
      .filter((key): key is string => typeof key === 'string')
      .map((channel) => ({ channel, given: true, ...said }));
  if (typeof consent !== 'object' || consent === null) return [];
  return Object.entries(consent)
    .filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')
    .map(([channel, given]) => ({ channel, given, ...said }));
};

/** A trait may name anything; a word about what the client does not have is none. */
const isAbout = (settings: ContactSettings) => {
  const keys = new Set(consentKeys(settings));
  return ({ channel }: ConsentWord): boolean => keys.has(channel);
};

const applyTraits = (
  contact: Contact,
  { traits = {}, ...event }: ContactEvent,
  { at, settings }: { at: string; settings: ContactSettings },
): Contact => {
  const { tags, score, stage, consent: _, ...fields } = traits;
  const withFields = Object.entries(fields).reduce(
    (c, [name, value]) => setField(c, name, value, settings.fields, limitsOf(event, name, settings.fields)),
    contact,
  );
  const withTags = Array.isArray(tags) ? addTags(withFields, tags, tagsOf(event)) : withFields;
  return setStage(putScore(withTags, score, { at, settings }), stage, settings.stages);
};

const applyMessage = (contact: Contact, event: ContactEvent): Contact => {
  const reason = isHardBounce(event) ? 'hard-bounce' : isRepeatedBounce(event) ? 'soft-bounce' : undefined;
  return reason ? suppress(contact, event.message!.channel, { reason, at: event.at }) : contact;
};

/**
 * The channels on which these traits give the contact another address: their suppressions must be
 * known before they are applied.
 */
export const newAddresses = (
  contact: Contact,
  { email, phone }: Readonly<Record<string, unknown>>,
): { channel: string; address: string }[] => {
  const given = [
    {
      channel: 'email',
      field: 'email',
      address: typeof email === 'string' ? normaliseEmail(email) : undefined,
    },
    {
      channel: 'sms',
      field: 'phone',
      address: typeof phone === 'string' ? normalisePhone(phone) : undefined,
    },
  ];
  return given.flatMap(({ channel, field, address }) =>
    address === undefined || contact.fields[field] === address ? [] : [{ channel, address }],
  );
};

/** Suppressions that are known of addresses the contact did not have before, by channel. */
export type KnownSuppressions = Contact['suppressed'];
export const suppressKnown = (contact: Contact, known: KnownSuppressions): Contact =>
  Object.entries(known).reduce((c, [channel, suppression]) => suppress(c, channel, suppression), contact);

/** What was asked of an address that only this event knows is asked of a stranger. */
const asked = (word: ConsentWord, isNew: (channel: string) => boolean): ConsentWord => ({
  ...word,
  ...(word.pending ? { pending: 'consent' } : {}),
  ...(isNew(word.channel) ? { isNewAddress: true } : {}),
});

/** The address that the contact has already, from somebody who knows it otherwise. */
const namesAddress = (contact: Contact, { type, traits }: ContactEvent): boolean =>
  type === 'identify' &&
  typeof traits?.email === 'string' &&
  contact.fields.email === normaliseEmail(traits.email);

/** Of a form, which somebody filled in to be heard. */
const withoutRoom = (
  contact: Contact,
  { type, traits = {}, addTags: tags = [] }: ContactEvent,
  { fields }: ContactSettings,
): string[] => {
  if (type !== 'form') return [];
  const missing = Object.entries(traits).filter((member) => lacksRoom(contact, member, fields));
  return [
    ...missing.map(([name]) => `field ${name}`),
    ...tags.filter((tag) => !contact.tags.includes(tag)).map((tag) => `tag ${tag}`),
  ];
};

/**
 * What an event makes of its contact. Pure, and the order matters: a new address comes first with
 * what is known against it, so that the contact's own word in the same event can take that back.
 */
export const applyEvent = (
  contact: Contact,
  given: ContactEvent,
  known: KnownSuppressions = {},
  settings: ContactSettings = {},
): Applied => {
  const by = { at: given.at, settings };
  const { traits, refused } = publicTraits(contact, given.traits);
  const event = { ...given, ...(given.traits ? { traits } : {}) };
  let next = suppressKnown(event.traits ? applyTraits(contact, event, by) : contact, known);
  const isNew = (channel: string): boolean =>
    newAddresses(contact, event.traits ?? {}).some((given) => given.channel === channel);
  if (namesAddress(contact, event)) next = knowAddress(next, 'email', event.at);
  const words = [
    ...channelsFirst(traitsSay(event).filter(isAbout(settings))),
    ...(event.consent ?? []),
    ...messageSays(event),
  ];
  const unheard = unheardChannels(event, refused);
  for (const word of words)
    if (!word.given || !unheard.has(channelOf(next, word)))
      next = hearConsent(next, asked(word, isNew), event.at);
  next = applyMessage(next, event);
  next = addTags(next, event.addTags ?? []);
  next = scoreEvent(addScore(next, event.addScore, by), event, settings);
  const noRoom = withoutRoom(next, event, settings);
  const change = {
    ...changeBetween(contact, next, event.id),
    ...(refused.length > 0 ? { refusedAddresses: refused } : {}),
    ...(noRoom.length > 0 ? { noRoom } : {}),
    ...refusedStage(contact, event.traits?.stage, settings.stages),
  };
  return next === contact ? { contact, change } : { contact: { ...next, updatedAt: event.at }, change };
};
