import { normaliseEmail, normalisePhone } from './identity.ts';

/** What a form or the client's catalogue says of a field. */
export interface FieldKind {
  type: string;
  /** Of a choice. */
  options?: readonly string[];
}

export type FieldValue = string | number | boolean;
export type FieldReading = { value: FieldValue } | { code: string; message: string };

const maxLength = 2000;
/** CR and LF could end a mail header that a field is merged into; no single line needs any of these. */
const control = /[\p{Cc}\u2028\u2029]/u;

const refuse = (code: string, message: string): FieldReading => ({ code, message });

const readText = (text: string): FieldReading => {
  if (control.test(text)) return refuse('control-character', 'must be one line without control characters');
  if (text.length > maxLength) return refuse('too-long', `must be at most ${maxLength} characters`);
  return { value: text };
};

const readEmail = (text: string): FieldReading => {
  const email = normaliseEmail(text);
  return email
    ? { value: email }
    : refuse('invalid-email', 'must be an e-mail address such as name@example.com');
};

const readPhone = (text: string, country?: string): FieldReading => {
  const phone = normalisePhone(text, country);
  return phone
    ? { value: phone }
    : refuse('invalid-phone', 'must be a phone number, best with its country code (+49 …)');
};

const readNumber = (text: string): FieldReading => {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? { value }
    : refuse('invalid-number', 'must be a number in digits, such as 42 or 3.5');
};

const yes = ['true', 'yes', 'on', '1'];
const no = ['false', 'no', 'off', '0'];
const readBoolean = (text: string): FieldReading => {
  const word = text.toLowerCase();
  if (yes.includes(word)) return { value: true };
  return no.includes(word) ? { value: false } : refuse('invalid-boolean', 'must be yes or no');
};

const dateShape = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const readDate = (text: string): FieldReading => {
  const day = text.slice(0, 10);
  const isReal = dateShape.test(text) && !Number.isNaN(Date.parse(text)) && isDay(day);
  return isReal ? { value: text } : refuse('invalid-date', 'must be a date such as 2026-03-01');
};
/** `Date.parse` takes 2026-02-30 for the second of March. */
const isDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
};

/** A value as JSON has it, where that is already of the field's type. */
const readTyped = (field: FieldKind, value: unknown): FieldReading | undefined => {
  if (field.type === 'number' && typeof value === 'number')
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER && (value === 0 || Math.abs(value) >= 1e-130)
      ? { value }
      : refuse('invalid-number', 'is too large or too small');
  return field.type === 'boolean' && typeof value === 'boolean' ? { value } : undefined;
};

const readString = (field: FieldKind, text: string, country?: string): FieldReading => {
  const plain = readText(text);
  if ('code' in plain) return plain;
  switch (field.type) {
    case 'email':
      return readEmail(text);
    case 'phone':
      return readPhone(text, country);
    case 'number':
      return readNumber(text);
    case 'boolean':
      return readBoolean(text);
    case 'date':
      return readDate(text);
    case 'choice':
      return field.options?.includes(text)
        ? plain
        : refuse('invalid-choice', `must be one of: ${field.options?.join(', ')}`);
    default:
      return plain;
  }
};

/** An empty field is one that was not filled in: browsers post those too. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** @param country for phone numbers without a country code */
export const readField = (field: FieldKind, value: unknown, country?: string): FieldReading =>
  readTyped(field, value) ??
  (typeof value === 'string'
    ? readString(field, value.trim().normalize('NFC'), country)
    : refuse(
        'wrong-type',
        `must be ${field.type === 'number' ? 'a number' : field.type === 'boolean' ? 'true or false' : 'text'}`,
      ));
