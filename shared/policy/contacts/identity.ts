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
 * May a row of an import go to the contact that was found by `found`? Not when the contact already has
 * another identity of a stronger kind: a switchboard must not join two people.
 * @param has the kinds of identities that lead to the contact
 */
export const mayAdopt = (
  found: Identity,
  given: readonly Identity[],
  has: ReadonlySet<IdentityKind>,
): boolean =>
  given.every((i) => strength.indexOf(i.kind) >= strength.indexOf(found.kind) || !has.has(i.kind));

export const isAddress = ({ kind }: { kind: IdentityKind }): boolean => kind === 'email' || kind === 'phone';

/** Is nothing known of whom it is but the browsers it came from? */
export const isVisitor = (has: ReadonlySet<IdentityKind>): boolean =>
  [...has].every((kind) => kind === 'anonymousId');

/** May a post with a public key make `identity` lead to a contact that it found by `found`? */
const mayLink = (identity: Identity, found: Identity, has: ReadonlySet<IdentityKind>): boolean => {
  if (identity.kind === 'anonymousId' || isVisitor(has)) return true;
  if (isAddress(identity)) return found.kind === 'userId' && !has.has(identity.kind);
  return found.kind === 'email' && !has.has('userId');
};

/**
 * What a post with a public key adds to a contact. Whoever is at a browser or a phone may be somebody else,
 * and whoever knows an address need not own it: a contact of whom more than browsers is known gets no
 * address that way, and a user id only by its e-mail address.
 * @param free those of the given identities that lead to nobody
 * @param has the kinds of identities that lead to the contact
 * @returns undefined when the post is not this contact's
 */
export const publicLinks = (
  found: Identity,
  free: readonly Identity[],
  has: ReadonlySet<IdentityKind>,
): Identity[] | undefined => {
  const isStronger = ({ kind }: Identity) => strength.indexOf(kind) < strength.indexOf(found.kind);
  const [links, refused] = [true, false].map((may) => free.filter((id) => mayLink(id, found, has) === may));
  return refused?.some(isStronger) ? undefined : links;
};

/** What programs write when they have no id. Whoever took one of these in would join strangers. */
const nothings = 'null undefined none nil nan infinity false'.split(' ');
const placeholders = new Set([
  ...nothings,
  ...'0 -1 -infinity true anonymous guest unknown n/a not_set not_authenticated test email'.split(' '),
  ...'na anon nobody #n/a #ref! #value! #name? #null! #num! #div/0!'.split(' '),
  ...'id userid user_id unknown_user anonymousid anonymous_id distinct_id object_object'.split(' '),
]);

/** `0000-0000`, `---`: an id that was never filled in. */
const unfilled = /^[0\s._:-]+$/;
/** `{{user.id}}`, `${userId}`, `%USER_ID%`, `<%= id %>`: a template that nobody filled in. */
const template = /\{\{|\}\}|\$\{|<%|%>|^%[\w.-]+%$/;
const maxIdBytes = 256;
const control = /[\p{Cc}\u2028\u2029]/u;

/** Quotes, brackets and what nobody sees: `"null"`, `<null>` and `__null__` are no better than `null`. */
const bare = (id: string): string =>
  id
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/^[\s\p{Pi}\p{Pf}"'`<>[\](){}_*]+|[\s\p{Pi}\p{Pf}"'`<>[\](){}_*]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase();

const isPlaceholder = (text: string): boolean =>
  placeholders.has(text) ||
  placeholders.has(text.replace(/[\s-]/g, '_')) ||
  text.split(/[\s_,-]+/).every((word) => nothings.includes(word));

/** @returns why the id cannot be used, or undefined */
export const refuseId = (id: string): 'empty-id' | 'illegal-id' | 'id-too-long' | undefined => {
  if (id.trim() === '') return 'empty-id';
  if (Buffer.byteLength(id) > maxIdBytes) return 'id-too-long';
  const text = bare(id);
  const isNobody = text === '' || isPlaceholder(text) || unfilled.test(text) || template.test(id);
  return isNobody || control.test(id) || !id.isWellFormed() ? 'illegal-id' : undefined;
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
