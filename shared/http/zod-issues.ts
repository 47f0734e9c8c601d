import * as z from 'zod';
import type { Issue } from '#kernel/issue';
import { joined, oneOf } from '#kernel/words';

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Zod's findings as ours; its codes are kebab-cased. @param schema that was asked, to tell which members there are */
export const issuesOf = (error: z.ZodError, schema?: z.ZodType): Issue[] =>
  error.issues.map((issue) => ({
    code: issue.code.replaceAll('_', '-'),
    severity: 'error',
    path: pointer(issue.path),
    message: isZods(issue.message) ? wordsFor(issue, schema) : issue.message,
  }));

/** Where a schema says nothing itself, Zod speaks of types and unions, which authors of JSON need not know. */
const isZods = (message: string): boolean =>
  /^(?:Invalid (?:input|option|discriminator)|Unrecognized key|Too (?:small|big): expected)/.test(message);

const nouns: Readonly<Record<string, string>> = {
  ...{ string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', null: 'null' },
  ...{ object: 'an object', record: 'an object', array: 'a list' },
};
const noun = (type: string): string => nouns[type] ?? type;

const wordsFor = (issue: z.core.$ZodIssue, schema?: z.ZodType): string => {
  const { message } = issue;
  switch (issue.code) {
    case 'invalid_type':
      // JSON has no "undefined".
      return message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${noun(issue.expected)}, and is ${noun(message.slice(message.lastIndexOf(' ') + 1))}`;
    case 'unrecognized_keys':
      return [`there is no ${oneOf(issue.keys)} here`, ...membersLine(schema, issue.path)].join('; ');
    case 'invalid_value':
      return `use ${joined(
        issue.values.map((value) => JSON.stringify(value)),
        'or',
      )}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    default:
      return 'fits none of the forms that are allowed here';
  }
};

const units: Readonly<Record<string, string>> = { string: ' characters long', array: ' entries long' };
const unit = (origin: string): string => units[origin] ?? '';

const membersLine = (schema: z.ZodType | undefined, path: readonly PropertyKey[]): string[] => {
  const found = schema && path.reduce<z.core.$ZodType | undefined>(within, schema);
  const plain = found && unwrapped(found);
  return plain instanceof z.ZodObject ? [`members here: ${Object.keys(plain.shape).join(', ')}`] : [];
};

const within = (schema: z.core.$ZodType | undefined, part: PropertyKey): z.core.$ZodType | undefined => {
  const plain = schema && unwrapped(schema);
  if (plain instanceof z.ZodObject) return plain.shape[String(part)];
  if (plain instanceof z.ZodArray) return plain.element;
  return plain instanceof z.ZodRecord ? plain.valueType : undefined;
};

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
