import * as z from 'zod';
import { plural, shortened } from '#kernel/words';

/** A value as the author sees it. */
export const describeValue = (value: unknown): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `"${shortened(value)}"`;
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${plural(value.length, 'entry', 'entries')}`;
  if (typeof value === 'object') return 'an object { … }';
  return String(value);
};

const typeWords: Record<string, string> = {
  string: 'a text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  record: 'an object { … }',
  tuple: 'a list [ … ]',
};

/** `expected` of a zod issue. */
export const describeType = (expected: string): string => typeWords[expected] ?? expected;

/** What a schema takes, in words. */
export const describeSchema = (schema: z.core.$ZodType): string => {
  if (schema instanceof z.core.$ZodLiteral)
    return schema._zod.def.values.map((value) => JSON.stringify(value)).join(' or ');
  return describeType(schema._zod.def.type);
};
