import { domainToASCII } from 'node:url';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

export type IdentityKind = 'userId' | 'email' | 'phone' | 'anonymousId';

/** One way to find a contact again; `value` is already normalised. */
export interface Identity {
  kind: IdentityKind;
  value: string;
}

/** Strongest first: what names a person best decides whose event it is. */
const strength: readonly IdentityKind[] = ['userId', 'email', 'phone', 'anonymousId'];

const same = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.value === b.value;

/** Strongest first, each once. */
export const byStrength = (identities: readonly Identity[]): Identity[] =>
  identities
    .filter((identity, i) => identities.findIndex((other) => same(other, identity)) === i)
    .sort((a, b) => strength.indexOf(a.kind) - strength.indexOf(b.kind));

/**
 * May a contact that was found by `found` be the one that `given` names? Not when it already has
 * another identity of a stronger kind: a shared browser or switchboard must not join two people.
 * @param has the kinds of identities that lead to the contact
 */
export const mayAdopt = (
  found: Identity,
  given: readonly Identity[],
  has: ReadonlySet<IdentityKind>,
): boolean =>
  given.every((i) => strength.indexOf(i.kind) >= strength.indexOf(found.kind) || !has.has(i.kind));

/** What programs write when they have no id. Whoever took one of these in would join strangers. */
const placeholders = new Set(
  '0 -1 null (null) undefined none nil nan false true anonymous guest unknown n/a (not set) id userid user_id anonymousid distinct_id not_authenticated email [object object] 00000000-0000-0000-0000-000000000000'.split(
    / (?!set|object)/,
  ),
);

/** `0000-0000`, `---`: an id that was never filled in. */
const unfilled = /^[0\s._:-]+$/;

const maxIdLength = 256;
const control = /[\p{Cc}\u2028\u2029]/u;

/** @returns why the id cannot be used, or undefined */
export const refuseId = (id: string): 'empty-id' | 'illegal-id' | 'id-too-long' | undefined => {
  if (id.trim() === '') return 'empty-id';
  if (id.length > maxIdLength) return 'id-too-long';
  return placeholders.has(id.trim().toLowerCase()) ||
    unfilled.test(id) ||
    control.test(id) ||
    !id.isWellFormed()
    ? 'illegal-id'
    : undefined;
};

const localPart = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}$/u;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

const isDomain = (domain: string): boolean => {
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((l) => label.test(l)) && !/^\d+$/.test(labels.at(-1) ?? '');
};

/**
 * Lower case, domain in ASCII. Mailboxes may tell cases apart (RFC 5321), but none that people use does.
 * Dots and `+tags` stay: only the provider knows what they mean.
 */
export const normaliseEmail = (text: string): string | undefined => {
  const trimmed = text.trim().normalize('NFC').toLowerCase();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  if (
    at < 1 ||
    !localPart.test(local) ||
    local.startsWith('.') ||
    local.endsWith('.') ||
    local.includes('..')
  )
    return undefined;
  const domain = domainToASCII(trimmed.slice(at + 1));
  return isDomain(domain) && local.length + 1 + domain.length <= 254 ? `${local}@${domain}` : undefined;
};

/** E.164. A number without a country code is read as one of `country`, else refused. */
export const normalisePhone = (text: string, country?: string): string | undefined => {
  // The library answers a text without digits by throwing, which costs more than a whole event.
  if (text.length > 64 || !/\d/.test(text)) return undefined;
  const phone = parsePhoneNumberFromString(text.trim(), country as CountryCode | undefined);
  return phone?.isValid() && phone.ext === undefined ? phone.number : undefined;
};
