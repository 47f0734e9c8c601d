import { channelOfField } from '#model/channel';
import type { Contact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { standardFields } from '#model/field';
import { type FieldLimits, fieldLimits } from './contact-fields.ts';
import { normaliseEmail, normalisePhone } from './identity.ts';

/** Anybody can write with a public key in anybody's name: what that may do to a contact. */

type Address = 'email' | 'phone';
type Traits = Readonly<Record<string, unknown>>;

const normalised = (name: Address, value: unknown): string | undefined =>
  typeof value !== 'string' ? undefined : name === 'email' ? normaliseEmail(value) : normalisePhone(value);

const isRefused = ({ fields }: Contact, name: Address, traits: Traits): boolean => {
  if (!Object.hasOwn(fields, name) || !Object.hasOwn(traits, name)) return false;
  const value = traits[name];
  const address = normalised(name, value);
  return value === null || (address !== undefined && address !== fields[name]);
};

/** An address that a contact has is neither replaced nor taken away. */
export const publicTraits = (
  contact: Contact,
  traits: Traits = {},
): { traits: Record<string, unknown>; refused: Address[] } => {
  const refused = (['email', 'phone'] as const).filter((name) => isRefused(contact, name, traits));
  const kept = Object.entries(traits).filter(([name]) => !refused.includes(name as Address));
  return { traits: Object.fromEntries(kept), refused };
};

/** Channels of addresses that the event named and the contact did not get: a yes was said for them. */
export const unheardChannels = (
  event: ContactEvent,
  refused: readonly Address[],
): ReadonlySet<string | undefined> =>
  new Set(
    [...(event.conflicts ?? []).map(({ kind }) => kind), ...(event.refusedAddresses ?? []), ...refused].map(
      channelOfField,
    ),
  );

/** A public key's share, so that forms, colleagues and administrators always find room. */
const ofCatalogue: FieldLimits = { count: 200, valueLength: 8_000, totalLength: 48_000 };
const ofOthers: FieldLimits = { count: 150, valueLength: 8_000, totalLength: 32_000 };
const tagsOfOthers = 100;

export const tagsOf = ({ type }: ContactEvent): number | undefined =>
  type === 'form' ? undefined : tagsOfOthers;

export const limitsOf = ({ type }: ContactEvent, name: string, fields: object = {}): FieldLimits => {
  if (type === 'form') return fieldLimits;
  return Object.hasOwn(fields, name) || Object.hasOwn(standardFields, name) ? ofCatalogue : ofOthers;
};
