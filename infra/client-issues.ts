import * as z from 'zod';
import { issuesOf } from '#http/zod-issues';
import type { Issue } from '#kernel/issue';
import { nearest } from '#kernel/nearest';
import { joined, shortened, shown } from '#kernel/words';
import { clientSchema } from '#model/client';
import { type ParsedText, parseText } from '#statemachines/document/parse';

export interface CheckedSettings {
  /** Absent when the text is no JSON. */
  value?: unknown;
  issues: Issue[];
}

/** The text of a `client.json` with everything that is wrong in it, in the order of the document. */
export const checkClientText = (text: string): CheckedSettings => {
  const parsed = parseText(text);
  const { value } = parsed;
  if (value === undefined || parsed.problems.length > 0) return parseClientText(text);
  const read = clientSchema.safeParse(value);
  const issues = read.success ? [] : read.error.issues.flatMap((issue) => placed(issue, value, parsed));
  return { value, issues: issues.sort((a, b) => a.offset - b.offset).map(({ offset, ...issue }) => issue) };
};

/** What is wrong with it as JSON, whatever it says. */
export const parseClientText = (text: string): CheckedSettings => {
  const { value, problems, positionAt } = parseText(text);
  return { value, issues: problems.map((problem) => placedAt(problem, positionAt(problem.offset))) };
};

type Place = ReturnType<ParsedText['positionAt']>;
type Path = (string | number)[];
type Placed = Issue & { offset: number };

const placedAt = (
  { code, message, hint }: { code: string; message: string; hint?: string },
  { line, column }: Place,
): Issue => ({ code, severity: 'error', path: '', line, column, message, ...(hint && { hint }) });

/** One finding of zod; unknown members are one each, where they stand. */
const placed = (issue: z.core.$ZodIssue, value: unknown, parsed: ParsedText): Placed[] => {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownMember(issue, key, parsed));
  const path = issue.path as Path;
  const [plain] = issuesOf(new z.ZodError([issue]), clientSchema);
  const { offset, line, column } = parsed.position(path, issue.code === 'invalid_key' ? 'key' : 'value');
  const { message, hint } = wordsFor(issue, plain!.message, valueAt(value, path));
  const code = issue.code === 'custom' ? 'wrong-value' : plain!.code;
  return [{ ...plain!, code, line, column, offset, message, ...(hint && { hint }) }];
};

const unknownMember = (issue: z.core.$ZodIssue, key: string, parsed: ParsedText): Placed => {
  const within = issue.path as Path;
  const { offset, line, column } = parsed.position([...within, key], 'key');
  const schema = schemaAt(within);
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const meant = nearest(key, known);
  return {
    code: 'unknown-member',
    severity: 'error',
    path: `/${[...within, key].join('/')}`,
    ...{ line, column, offset },
    message: `${placeOf(within)} has no member "${shortened(key)}"`,
    hint: meant ? `did you mean "${meant}"?` : `members: ${known.join(', ')}`,
  };
};

const wordsFor = (issue: z.core.$ZodIssue, words: string, found: unknown) => {
  const path = issue.path as Path;
  const name = `"${path.join('.')}"`;
  const about = aboutOf(path);
  const hint = about && `${String(path.at(-1))}: ${about}`;
  if (words === 'is missing') return { message: `${name} is missing`, hint };
  if (issue.code === 'invalid_key')
    return { message: `${name} is no name: ${issue.issues[0]?.message}`, hint };
  const values = issue.code === 'invalid_union' ? valuesOf(schemaAt(path)) : [];
  const wanted = values.length > 0 ? `use ${joined(values, 'or')}` : words;
  const linked = issue.code !== 'invalid_format' || wanted.startsWith('use') ? ': ' : '; write ';
  return { message: `${name} ${told(found)}${linked}${wanted.replace(/^write /, '')}`, hint };
};

/** Where each form is one value, those are what may be written. */
const valuesOf = (schema: z.core.$ZodType | undefined): string[] =>
  schema instanceof z.ZodUnion && schema.options.every((option) => option instanceof z.ZodLiteral)
    ? schema.options.flatMap((option) => [...(option as z.ZodLiteral).values].map((v) => JSON.stringify(v)))
    : [];

const told = (found: unknown): string =>
  typeof found === 'object' && found !== null ? 'is not right' : `is ${shown(found)}`;

const placeOf = (path: Path): string => (path.length === 0 ? 'client.json' : `"${path.join('.')}"`);

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value);

/** What the schema says of a place, also where it stands behind `optional` or a default. */
const aboutOf = (path: Path): string | undefined => {
  for (let schema = at(path); schema; schema = inner(schema))
    if (schema instanceof z.ZodType && schema.description) return schema.description;
  return undefined;
};

const schemaAt = (path: Path): z.core.$ZodType | undefined => {
  let schema = at(path);
  for (let next = schema && inner(schema); next; next = inner(next)) schema = next;
  return schema;
};

const at = (path: Path): z.core.$ZodType | undefined =>
  path.length === 0 ? clientSchema : within(schemaAt(path.slice(0, -1)), String(path.at(-1)));

const within = (schema: z.core.$ZodType | undefined, part: string): z.core.$ZodType | undefined => {
  if (schema instanceof z.ZodObject) return schema.shape[part];
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
};

const inner = (schema: z.core.$ZodType): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? schema.unwrap()
    : undefined;
