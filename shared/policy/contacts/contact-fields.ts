import { isDeepStrictEqual } from 'node:util';
import { channelOfField } from '#model/channel';
import type { Consent, Contact } from '#model/contact';
import type { ContactRules } from '#model/contact-rules';
import { isFieldName } from '#model/field';
import { valueFor } from './catalogue-field.ts';
import { forgetPending, lift } from './consent.ts';
import { normaliseEmail, normalisePhone } from './identity.ts';
import { refuseMove } from './stages.ts';

/** What a contact keeps of a field: any JSON, where a form takes only `FieldValue`. */
export type StoredValue = Contact['fields'][string];

/** One contact is one item of 400 KB with everything in it; these keep it far below. */
export const fieldLimits = { count: 250, valueLength: 8_000, totalLength: 64_000 } as const;
export type FieldLimits = Readonly<Record<keyof typeof fieldLimits, number>>;

/** Addresses are kept in one writing only, or not at all: a message goes to what stands here. */
const normalise = (name: string, value: unknown, fields: ContactRules['fields']): StoredValue | undefined => {
  if (name === 'email') return typeof value === 'string' ? normaliseEmail(value) : undefined;
  if (name === 'phone') return typeof value === 'string' ? normalisePhone(value) : undefined;
  return value === undefined
    ? undefined
    : valueFor(fields && Object.hasOwn(fields, name) ? fields[name] : undefined, value);
};

const fits = (
  fields: Contact['fields'],
  name: string,
  value: StoredValue,
  limits: FieldLimits = fieldLimits,
): boolean => {
  const length = JSON.stringify(value).length;
  if (length > limits.valueLength) return false;
  if (!Object.hasOwn(fields, name) && Object.keys(fields).length >= limits.count) return false;
  const before = Object.hasOwn(fields, name) ? JSON.stringify(fields[name]).length : 0;
  return JSON.stringify(fields).length - before + name.length + length <= limits.totalLength;
};

/** Is the contact too full for a value that it could take? */
export const lacksRoom = (
  { fields }: Contact,
  [name, given]: readonly [string, unknown],
  rules?: ContactRules['fields'],
): boolean => {
  const value = isFieldName(name) && given !== null ? normalise(name, given, rules) : undefined;
  return value !== undefined && !fits(fields, name, value);
};

/** A yes, and a question still open, were about an address: they are none for another. A no is about the person. */
const endConsents = (contact: Contact, name: string): Contact => {
  const channel = channelOfField(name);
  if (channel === undefined || !Object.hasOwn(contact.fields, name)) return contact;
  const asked = forgetPending(contact, channel);
  const isEnded = ([key, { given, channel: of = key }]: [string, Consent]) => given && of === channel;
  const said = Object.entries(asked.consent);
  if (!said.some(isEnded)) return asked;
  return { ...asked, consent: Object.fromEntries(said.filter((entry) => !isEnded(entry))) };
};

/** A bounce, or a question that is still open, was about the old address. */
const forgetAddress = (contact: Contact, name: string): Contact => {
  const channel = channelOfField(name);
  if (channel === undefined) return contact;
  const asked = forgetPending(endConsents(contact, name), channel);
  return asked.suppressed[channel]?.reason.endsWith('-bounce') ? lift(asked, channel) : asked;
};

export const unsetField = (contact: Contact, name: string): Contact => {
  if (!Object.hasOwn(contact.fields, name)) return contact;
  const { [name]: _, ...fields } = contact.fields;
  return { ...endConsents(contact, name), fields };
};

/**
 * `null` takes the field away. What does not fit, is no address where one is due, or is of another type
 * than the client's catalogue says, changes nothing.
 */
export const setField = (
  contact: Contact,
  name: string,
  given: unknown,
  fields?: ContactRules['fields'],
  limits?: FieldLimits,
): Contact => {
  if (!isFieldName(name)) return contact;
  if (given === null) return unsetField(contact, name);
  const value = normalise(name, given, fields);
  if (
    value === undefined ||
    isDeepStrictEqual(contact.fields[name], value) ||
    !fits(contact.fields, name, value, limits)
  )
    return contact;
  return { ...forgetAddress(contact, name), fields: { ...contact.fields, [name]: value } };
};

const maxTags = 200;
export const isTag = (tag: unknown): tag is string =>
  typeof tag === 'string' && tag.trim() !== '' && tag.length <= 100;

export const addTags = (contact: Contact, tags: readonly unknown[], most = maxTags): Contact => {
  const added = [...new Set(tags.filter(isTag))].filter((tag) => !contact.tags.includes(tag));
  const room = added.slice(0, Math.max(0, most - contact.tags.length));
  return room.length === 0 ? contact : { ...contact, tags: [...contact.tags, ...room] };
};

export const removeTags = (contact: Contact, tags: readonly string[]): Contact =>
  contact.tags.some((tag) => tags.includes(tag))
    ? { ...contact, tags: contact.tags.filter((tag) => !tags.includes(tag)) }
    : contact;

/** What is told of a move that the client does not allow. */
export const refusedStage = (
  { stage }: Contact,
  wanted: unknown,
  stages?: ContactRules['stages'],
): { refusedStage?: string } =>
  typeof wanted === 'string' && wanted.length <= 100 && refuseMove(stages, stage, wanted)
    ? { refusedStage: wanted }
    : {};

/** A move that the client does not allow changes nothing. */
export const setStage = (contact: Contact, stage: unknown, stages?: ContactRules['stages']): Contact =>
  typeof stage === 'string' &&
  stage !== '' &&
  stage.length <= 100 &&
  stage !== contact.stage &&
  !refuseMove(stages, contact.stage, stage)
    ? { ...contact, stage }
    : contact;
