import { Refusal } from '#kernel/errors';
import type { Issue } from '#kernel/issue';
import { nearest } from '#kernel/nearest';
import { shown } from '#kernel/words';
import { addressFields, identityChannels } from '#model/channel';
import type { FieldRule } from '#model/contact-rules';
import { isFieldName, standardFields } from '#model/field';
import { consentKeys } from '#policy/contacts/consent';
import type { ContactSettings } from '#policy/contacts/contact-settings';
import { maySayOptedOut, optedOutOf } from './opt-out.ts';

/** What a column of a file becomes. */
export type Target =
  | { to: 'field'; name: string; rule?: FieldRule }
  | { to: 'consent'; channel: string; inverse?: true }
  | { to: 'userId' | 'id' | 'tags' | 'score' | 'stage' | 'consents' | 'others' | 'nothing' };

export interface Column {
  /** As it stands in the file. */
  heading: string;
  target: Target;
}

/** Headings of one meaning are written in many ways; case, spaces and marks make no difference. */
const bare = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const fieldsByHeading: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...standardFields, name: [] }).flatMap(([name, aliases]) =>
    [bare(name), ...aliases].map((heading) => [heading, name]),
  ),
);
const targetsByHeading: Readonly<Record<string, Target>> = {
  userid: { to: 'userId' },
  customerid: { to: 'userId' },
  externalid: { to: 'userId' },
  id: { to: 'id' },
  contactid: { to: 'id' },
  tags: { to: 'tags' },
  score: { to: 'score' },
  stage: { to: 'stage' },
  lifecyclestage: { to: 'stage' },
  consent: { to: 'consents' },
  optin: { to: 'consent', channel: 'email' },
  emailconsent: { to: 'consent', channel: 'email' },
  emailoptin: { to: 'consent', channel: 'email' },
  smsconsent: { to: 'consent', channel: 'sms' },
  smsoptin: { to: 'consent', channel: 'sms' },
  // What exports tell and nobody can set.
  suppressed: { to: 'nothing' },
  segments: { to: 'nothing' },
  addedat: { to: 'nothing' },
  updatedat: { to: 'nothing' },
  rev: { to: 'nothing' },
  // It fades: what it was yesterday is not given again.
  currentscore: { to: 'nothing' },
  otherfields: { to: 'others' },
};

const consentKey = /^consent[.: ]\s*([a-z][a-z0-9-]{0,47})$/i;

const camelCase = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');

const namedFields = ({ fields = {} }: ContactSettings): ReadonlyMap<string, Target> => {
  const found = new Map<string, Target>();
  for (const [name, rule] of Object.entries(fields))
    for (const heading of [...(rule.aliases ?? []), ...(rule.label ? [rule.label] : []), name])
      found.set(bare(heading), { to: 'field', name, rule });
  return found;
};

const fieldTarget = (name: string, { fields = {} }: ContactSettings): Target => ({
  ...{ to: 'field', name },
  ...(Object.hasOwn(fields, name) ? { rule: fields[name]! } : {}),
});

const isPlainName = (heading: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(heading);

/** @returns undefined for a heading of which no field can be made */
const targetOf = (heading: string, settings: ContactSettings): Target | undefined => {
  const key = bare(heading);
  const named = namedFields(settings).get(key);
  if (named) return named;
  const consent = consentKey.exec(heading);
  const left = optedOutOf(heading);
  if (consent) return consentTarget(consent[1]!.toLowerCase(), settings) ?? leaving(left);
  if (Object.hasOwn(targetsByHeading, key)) return targetsByHeading[key]!;
  if (Object.hasOwn(fieldsByHeading, key)) return fieldTarget(fieldsByHeading[key]!, settings);
  if (left !== undefined) return leaving(left);
  const name = isPlainName(heading) ? heading : camelCase(heading);
  return isPlainName(name) && isFieldName(heading) && isFieldName(name)
    ? fieldTarget(name, settings)
    : undefined;
};

const leaving = (channel: string | undefined): Target | undefined =>
  channel === undefined ? undefined : { to: 'consent', channel, inverse: true };

const consentTarget = (channel: string, settings: ContactSettings): Target | undefined =>
  consentKeys(settings).includes(channel) ? { to: 'consent', channel } : undefined;

const words = ['userId', 'id', 'tags', 'score', 'stage'] as const;

/** A target in the words of `map`: a field, `userId`, `tags`, `consent.email`, or nothing. */
const targetNamed = (name: string, settings: ContactSettings): Target | undefined => {
  if (name === '' || name === '-') return { to: 'nothing' };
  const word = words.find((each) => each === name);
  if (word) return { to: word };
  return name === 'consent' ? { to: 'consents' } : targetOf(name, settings);
};

const issue = (i: number, code: string, message: string, hint?: string): Issue => ({
  ...{ code, severity: 'error', path: `/header/${i}`, message },
  ...(hint ? { hint } : {}),
});

/** What may stand once in a file; that somebody left may stand there several times, and counts each time. */
const keyOf = (target: Target): string | undefined => {
  if ('name' in target) return `field ${target.name}`;
  if ('channel' in target) return target.inverse ? undefined : `consent ${target.channel}`;
  return target.to === 'nothing' ? undefined : target.to;
};

const readColumn = (
  heading: string,
  mapping: ReadonlyMap<string, string>,
  settings: ContactSettings,
): Target | undefined => {
  const mapped = mapping.get(heading);
  if (mapped !== undefined) return targetNamed(mapped, settings);
  return heading === '' ? { to: 'nothing' } : targetOf(heading, settings);
};

const mostColumns = 500;
const identifying = (target: Target): boolean =>
  target.to === 'id' ||
  target.to === 'userId' ||
  (target.to === 'field' && identityChannels.some((channel) => addressFields[channel] === target.name));

/**
 * What each column of a header becomes: a field of the catalogue by its name, label or alias, a member of
 * every contact, or a field of its own by its heading.
 * @param mapping what the caller says of some headings
 * @throws Refusal with all issues
 */
export const readHeader = (
  header: readonly string[],
  mapping: ReadonlyMap<string, string>,
  settings: ContactSettings,
): Column[] => {
  if (header.length > mostColumns)
    throw new Refusal(
      422,
      'too-many-columns',
      `A file may have ${mostColumns} columns; this one has ${header.length}.`,
    );
  const issues: Issue[] = [];
  const seen = new Map<string, string>();
  const columns = header.map((cell, i): Column => {
    const heading = cell.trim();
    const target = readColumn(heading, mapping, settings);
    if (!target) issues.push(unnamed(i, heading));
    else if (isUnclear(target, heading, { mapping, settings })) issues.push(unclear(i, heading));
    const key = target && keyOf(target);
    if (key !== undefined && seen.has(key)) issues.push(twice(i, heading, seen.get(key)!));
    if (key !== undefined && !seen.has(key)) seen.set(key, heading);
    return { heading, target: target ?? { to: 'nothing' } };
  });
  issues.push(...unknownMappings(header, mapping));
  if (!columns.some(({ target }) => identifying(target))) issues.push(nobody(header));
  if (issues.length > 0)
    throw new Refusal(422, 'invalid-header', 'The columns cannot be read; see issues.', { issues });
  return columns;
};

/** A field of its own whose heading may tell who left: their no would be lost in it. */
const isUnclear = (
  target: Target,
  heading: string,
  { mapping, settings }: { mapping: ReadonlyMap<string, string>; settings: ContactSettings },
): boolean =>
  target.to === 'field' &&
  !mapping.has(heading) &&
  !Object.hasOwn(settings.fields ?? {}, target.name) &&
  maySayOptedOut(heading);
const unclear = (i: number, heading: string): Issue =>
  issue(
    i,
    'unclear-opt-out',
    `the column ${shown(heading)} may say who wants no mail, or something about it`,
    `say map=${heading}=unsubscribed, map=${heading}=a field of yours, or map=${heading}= to leave it out`,
  );
const unnamed = (i: number, heading: string): Issue =>
  issue(
    i,
    'invalid-column',
    `the column ${shown(heading)} can be no field of a contact`,
    'rename it, or say what it is: map=HEADING=field, or map=HEADING= to leave it out',
  );
const twice = (i: number, heading: string, first: string): Issue =>
  issue(
    i,
    'duplicate-column',
    `the columns ${shown(first)} and ${shown(heading)} are the same field`,
    'leave one out: map=HEADING=',
  );
const nobody = (header: readonly string[]): Issue =>
  issue(
    0,
    'no-identity-column',
    `no column says who the contact is; found ${header.slice(0, 10).map(shown).join(', ')}`,
    'name a column email, phone, userId or id',
  );
const unknownMappings = (header: readonly string[], mapping: ReadonlyMap<string, string>): Issue[] =>
  [...mapping.keys()]
    .filter((heading) => !header.some((cell) => cell.trim() === heading))
    .map((heading) => issue(0, 'unknown-column', `the file has no column ${shown(heading)}`));

/** Fields that neither every contact nor the client's catalogue has, with the one that was likely meant. */
export const newFields = (
  columns: readonly Column[],
  { fields = {} }: ContactSettings,
): { field: string; heading: string; meant?: string }[] => {
  const known = [...Object.keys(standardFields), ...Object.keys(fields), 'name'];
  return columns.flatMap(({ heading, target }) => {
    if (target.to !== 'field' || known.includes(target.name)) return [];
    const meant = nearest(target.name, known);
    return [{ field: target.name, heading, ...(meant === undefined ? {} : { meant }) }];
  });
};

const likeConsent = /newsletter|opt.?in|consent|einwillig|zustimm|abonn|accord/i;

/** The words that people agreed to are of no use where no column says that they did. */
export const missingConsent = (columns: readonly Column[]): Issue[] => {
  if (columns.some(({ target }) => target.to === 'consent' || target.to === 'consents')) return [];
  const { heading = 'HEADING' } = columns.find((column) => likeConsent.test(column.heading)) ?? {};
  return [
    {
      ...{ code: 'no-consent-column', severity: 'warning', path: '/header' },
      message: 'no column says who consented, so nobody did',
      hint: `name it consent, or say which it is: --map "${heading}=consent"`,
    },
  ];
};

/** For people: what became of the header. */
export const describeTarget = (target: Target): string => {
  if (target.to === 'field') return target.name;
  if (target.to === 'consent') return `consent.${target.channel}${target.inverse ? ' (taken back)' : ''}`;
  if (target.to === 'others') return 'fields by name, as JSON';
  return target.to === 'consents' ? 'consent' : target.to;
};
