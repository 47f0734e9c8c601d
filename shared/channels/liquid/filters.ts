import { type Context, filters as library } from 'liquidjs';
import { isZone, parseMoment } from '#kernel/zones';
import { bounds, sizeOf, TemplateTooCostly } from './budget.ts';

interface FilterThis {
  context: Context;
}
type Filter = (this: FilterThis, value: unknown, ...args: unknown[]) => unknown;

/** Text that is HTML on purpose and is not escaped again. */
export class SafeHtml {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
  toString(): string {
    return this.html;
  }
}

/** Filters of liquidjs that we offer. Left out: those that evaluate text, read the clock or draw at random. */
const offered = [
  ...[
    'abs',
    'at_least',
    'at_most',
    'ceil',
    'divided_by',
    'floor',
    'minus',
    'plus',
    'modulo',
    'times',
    'round',
  ],
  ...['url_encode', 'url_decode', 'uri_escape', 'cgi_escape', 'slugify', 'strip_html'],
  ...['join', 'first', 'last', 'reverse', 'sort', 'sort_natural', 'size', 'map', 'sum', 'compact', 'concat'],
  ...['slice', 'where', 'reject', 'find', 'has', 'uniq', 'array_to_sentence_string'],
  ...[
    'append',
    'prepend',
    'lstrip',
    'rstrip',
    'strip',
    'strip_newlines',
    'squish',
    'downcase',
    'upcase',
    'capitalize',
  ],
  ...['remove', 'remove_first', 'remove_last', 'replace', 'replace_first', 'replace_last', 'split'],
  ...[
    'truncate',
    'truncatewords',
    'normalize_whitespace',
    'number_of_words',
    'default',
    'json',
    'to_integer',
  ],
] as const;

const checkLength = (value: unknown): void => {
  if (sizeOf(value) > bounds.valueLength)
    throw new TemplateTooCostly(`a value in the template is longer than ${bounds.valueLength} characters`);
};

const bounded = (filter: Filter): Filter =>
  function (value, ...args) {
    for (const one of [value, ...args]) checkLength(one);
    this.context.memoryLimit.use(1 + sizeOf(value));
    const result = filter.call(this, value, ...args);
    checkLength(result);
    this.context.memoryLimit.use(sizeOf(result));
    return result;
  };

/** Outputs are escaped where they stand in HTML; asked for by hand it would happen twice. */
const asIs: Filter = (value) => value;

/** Read as in conditions: without an offset it is the contact's wall clock. A day stays that day wherever it is shown. */
const instantOf = (
  value: unknown,
  { now, zone, shownIn }: { now: number; zone: string; shownIn: unknown },
): unknown => {
  if (value === 'now' || value === 'today') return new Date(now).toISOString();
  const moment = parseMoment(value, zone);
  if (!moment) return value;
  const day =
    moment.wholeDay && typeof shownIn === 'string' && isZone(shownIn) ? parseMoment(value, shownIn) : moment;
  return new Date((day ?? moment).from).toISOString();
};

/** `now` is the time of the message, and times are told in the contact's zone. */
const date: Filter = function (value, format, zone) {
  if (String(format ?? '').length > 100)
    throw new TemplateTooCostly('a date format has at most 100 characters');
  const at = instantOf(value, {
    now: this.context.getRegister('now') as unknown as number,
    zone: this.context.getRegister('zone') as unknown as string,
    shownIn: zone,
  });
  return (library as unknown as Record<string, Filter>).date?.call(
    this,
    at,
    format ?? '%-d %B %Y',
    zone ?? this.context.getRegister('zone'),
  );
};

export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    .replaceAll('&#38;', '&amp;')
    .replaceAll('&#60;', '&lt;')
    .replaceAll('&#62;', '&gt;');

const breaks =
  (mode: 'html' | 'text'): Filter =>
  (value) => {
    const text = String(value ?? '');
    return mode === 'text' ? text : new SafeHtml(escapeHtml(text).replace(/\r?\n/g, '<br>\n'));
  };

export const filtersFor = (mode: 'html' | 'text'): Record<string, Filter> => ({
  ...Object.fromEntries(
    offered.map((name) => [name, bounded((library as unknown as Record<string, Filter>)[name]!)]),
  ),
  escape: asIs,
  escape_once: asIs,
  xml_escape: asIs,
  date: bounded(date),
  newline_to_br: bounded(breaks(mode)),
});
