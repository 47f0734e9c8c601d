import type { FieldRule } from '#model/contact-rules';
import type { FieldReading } from '#policy/contacts/read-field';
import { readField } from '#policy/contacts/read-field';

/** How a file writes what it holds. */
export interface Writing {
  /** For phone numbers without a country code. */
  country?: string | undefined;
  decimal: '.' | ',';
  /** Nobody said which, and the file looks like one of a country that writes 3,5. */
  isUnsure?: boolean;
  /** Of days written with slashes or hyphens, the year last. */
  dates?: 'DMY' | 'MDY' | undefined;
}

const refuse = (code: string, message: string): FieldReading => ({ code, message });

const grouped = (decimal: '.' | ','): RegExp =>
  decimal === '.' ? /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/ : /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;

/** "1,234.5" or "1.234,5" as the file writes it; anything that could be both is refused by the reader. */
const plainNumber = (text: string, decimal: '.' | ','): string => {
  const digits = grouped(decimal).test(text) ? text.replaceAll(decimal === '.' ? ',' : '.', '') : text;
  return decimal === ',' ? (digits.includes('.') ? text : digits.replace(',', '.')) : digits;
};

/** A thousand where decimals have a comma, one where they have a point. */
const couldBeBoth = /^[+-]?\d{1,3}\.\d{3}$/;

const two = (text: string): string => text.padStart(2, '0');

/** Days with dots have the day first; with slashes it must be said. */
const isoDate = (text: string, dates: Writing['dates']): string => {
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!parts) return text;
  const [, first, mark, second, year] = parts as unknown as [string, string, string, string, string];
  const order = mark === '.' ? 'DMY' : dates;
  if (!order) return text;
  const [day, month] = order === 'DMY' ? [first, second] : [second, first];
  return `${year}-${two(month)}-${two(day)}`;
};

const normalised = (text: string, { type }: { type: string }, writing: Writing): string => {
  if (type === 'number') return plainNumber(text, writing.decimal);
  return type === 'date' ? isoDate(text, writing.dates) : text;
};

/** In the languages that our pages speak. */
const yes = new Set([
  'ja',
  'wahr',
  'vrai',
  'j',
  'oui',
  'y',
  'on',
  'x',
  '✓',
  'given',
  'subscribed',
  'opted in',
  'granted',
  'yes',
  'true',
  '1',
]);
/** The only words by which an opt-out column says that somebody is still there. */
const plainNo = new Set(['nein', 'falsch', 'non', 'faux', 'n', 'off', 'no', 'false', '0']);
const no = new Set([...plainNo, 'withdrawn', 'unsubscribed', 'opted out', 'denied']);

/** Consent is given by a clear word only; an unclear one says nothing. */
export const readConsent = (text: string): boolean | undefined => {
  const word = text.trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
};

/** Any other cell of an opt-out column is an opt-out: a date, a reason, a word in another language. */
export const isPlainNo = (text: string): boolean => plainNo.has(text.trim().toLowerCase());

/** Line breaks within a cell become spaces: a field may stand in one line of a message. */
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+\s*/g, ' ');

const text: FieldRule = { type: 'text' };

/** One cell as the field keeps it. Fields that no catalogue names take texts as they are. */
export const readCell = (cell: string, rule: FieldRule = text, writing: Writing): FieldReading => {
  const line = oneLine(cell);
  if (rule.type === 'number' && writing.isUnsure && couldBeBoth.test(line.trim()))
    return refuse('ambiguous-number', 'is it a thousand or one? Say decimal=, or decimal=.');
  const read = readField(rule, normalised(line, rule, writing), writing.country);
  if (!('code' in read) || read.code !== 'invalid-date') return read;
  return refuse('invalid-date', 'must be a day such as 2026-03-01; for 3/1/2026 say dates=MDY or dates=DMY');
};
