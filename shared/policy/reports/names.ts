import type { Touch } from '#model/touch';

/** Names that come from outside, made fit to be counted by: short, alike in all writings, nobody's own. */

const longest = 60;
const control = /[\p{Cc}\u2028\u2029|]/gu;

const plain = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const text = value.replace(control, ' ').replace(/\s+/g, ' ').trim().toLowerCase().slice(0, longest);
  // An address among campaign marks is somebody's.
  return text === '' || text.includes('@') || !text.isWellFormed() ? undefined : text;
};

const touch = (source: unknown, medium: unknown, campaign: unknown): Touch | undefined => {
  const from = plain(source);
  if (from === undefined) return undefined;
  const [by, of] = [plain(medium), plain(campaign)];
  return { source: from, ...(by && { medium: by }), ...(of && { campaign: of }) };
};

/** Where somebody came from, as `utm_…` marks of a form say. */
export const touchIn = (marks: Readonly<Record<string, unknown>>): Touch | undefined =>
  touch(marks.utm_source, marks.utm_medium, marks.utm_campaign);

/** The same as Segment's libraries write it, in `context.campaign`. */
export const touchOf = (campaign: unknown): Touch | undefined => {
  if (typeof campaign !== 'object' || campaign === null) return undefined;
  const { source, medium, name } = campaign as Record<string, unknown>;
  return touch(source, medium, name);
};

/** What may be somebody's own in a path: an address, a number, an id. */
const ownPart = /@|%40|^\d{4,}$|^[0-9a-f-]{16,}$|^(?=.*\d)[A-Za-z0-9_-]{20,}$/i;

/** A link without its query, and with `*` where a part of it may tell who clicked. */
export const linkName = (link: string): string => {
  if (!URL.canParse(link)) return '(other)';
  const { host, pathname } = new URL(link);
  const path = pathname
    .split('/')
    .map((part) => (ownPart.test(part) ? '*' : part))
    .join('/');
  return `${host}${path}`.replace(control, ' ').slice(0, 120);
};

/** What there was no room for. */
export const otherName = '(other)';
/** Of whom nobody knows where they came from. */
export const noSource = '(none)';
