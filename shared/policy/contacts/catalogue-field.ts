import { shown } from '#kernel/words';
import type { FieldRule } from '#model/contact-rules';
import type { StoredValue } from './contact-fields.ts';
import { type FieldReading, readField } from './read-field.ts';

export interface FieldRefusal {
  code: string;
  message: string;
}

/** Why the field cannot take the value; nothing is known against fields that no catalogue names. */
export const refuseValue = (rule: FieldRule | undefined, value: unknown): FieldRefusal | undefined => {
  if (!rule || value === null) return undefined;
  const read = readAs(rule, value);
  return 'code' in read ? read : undefined;
};

/** The value as the field keeps it; undefined where it is of another type. */
export const valueFor = (rule: FieldRule | undefined, value: unknown): StoredValue | undefined => {
  if (!rule) return value as StoredValue;
  const read = readAs(rule, value);
  return 'code' in read ? undefined : read.value;
};

/** Numbers and booleans as texts are taken for what they say; nothing else is guessed. */
const readAs = (rule: FieldRule, value: unknown): FieldReading => {
  const read = readField(rule, value);
  return 'code' in read ? { ...read, message: `${read.message}; found ${shown(value)}` } : read;
};
