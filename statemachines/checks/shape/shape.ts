import type * as z from 'zod';
import { isObject } from '#kernel/json';
import { journeySchema } from '../../document/schema.ts';
import type { Path } from '../../steps/parts.ts';
import { type Repair, replaced, wrapped } from '../fix/repair.ts';
import { wordMeant } from '../fix/slips.ts';
import { placeOf, valueAt } from '../places.ts';
import type { Finding } from '../rule.ts';
import { dayMeant, timeMeant } from './clock-meant.ts';
import { durationMeant } from './duration-meant.ts';
import { limitFinding } from './limits.ts';
import { unknownMembers } from './members.ts';
import { optionsOf, schemaAt } from './options.ts';
import { refinementFinding } from './refinements.ts';
import { unionFindings } from './unions.ts';
import { describeType, describeValue } from './values.ts';
import { suggest } from './words.ts';

export type ShapeFinding = Finding & {
  code: string;
  /** The rest of the object is as it should be: rules may still look at it. */
  harmless?: boolean;
  /** What is broken by it, where that is not `path` itself. */
  breaks?: Path;
  /** The member that is missing, or that was most likely meant by an unknown one. */
  member?: string;
};
type ZodIssue = z.core.$ZodIssue;

/** One mistake of the shape, seen from the root of the document. */
export interface Mistake {
  issue: ZodIssue;
  path: Path;
  raw: unknown;
  value: unknown;
  place: string;
  root: z.core.$ZodType;
}

/** Turns what zod says into the author's words. */
export const shapeFindings = (
  issues: readonly ZodIssue[],
  raw: unknown,
  root: z.core.$ZodType = journeySchema,
): ShapeFinding[] => withoutEchoes(issues.flatMap((issue) => fromIssue(issue, [], raw, root)));

/** A member with a slip in its name is both unknown and missing; told once, as unknown. */
const withoutEchoes = (findings: ShapeFinding[]): ShapeFinding[] => {
  const slips = Map.groupBy(
    findings.filter((finding) => finding.code === 'unknown-member'),
    (finding) => ownerKey(finding.path.slice(0, -1)),
  );
  return findings.filter((finding) => {
    const slip = slips.get(ownerKey(finding.path))?.find((other) => isEcho(finding, other));
    if (slip) Object.assign(slip, { harmless: false, breaks: finding.breaks ?? finding.path });
    return slip === undefined;
  });
};

const ownerKey = (path: Path): string => path.join('/');
const isEcho = (finding: ShapeFinding, slip: ShapeFinding): boolean =>
  finding.code === 'missing-operator' ||
  (finding.code === 'missing-member' && finding.member !== undefined && finding.member === slip.member);

const fromIssue = (issue: ZodIssue, at: Path, raw: unknown, root: z.core.$ZodType): ShapeFinding[] => {
  const path = [...at, ...(issue.path as (string | number)[])];
  const value = valueAt(raw, path);
  const mistake: Mistake = { issue, path, raw, value, place: placeOf(raw, path), root };
  if (value === undefined && path.length > 0) return [missingMember(mistake)];
  if (issue.code === 'invalid_union')
    return unionFindings(mistake, (inner) => inner.flatMap((one) => fromIssue(one, path, raw, root)));
  return findings(mistake);
};

const findings = (mistake: Mistake): ShapeFinding[] => {
  const { issue } = mistake;
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownMembers(mistake, issue.keys);
    case 'invalid_type':
      return [wrongType(mistake, issue.expected)];
    case 'invalid_value':
      return [wrongValue(mistake, issue.values)];
    case 'too_small':
    case 'too_big':
      return [limitFinding(mistake, issue)];
    case 'custom':
      return [refinementFinding(mistake)];
    case 'invalid_key':
      return [wrongForm(mistake, issue.issues[0]?.message)];
    default:
      return [wrongForm(mistake, issue.message)];
  }
};

const missingMember = ({ path, raw, root }: Mistake): ShapeFinding => {
  const owner = path.slice(0, -1);
  const member = String(path.at(-1));
  const schema = schemaAt(root, path, raw);
  return {
    code: 'missing-member',
    path: owner,
    breaks: path,
    member,
    message: `${placeOf(raw, owner)} has no "${member}"`,
    hint: `add "${member}": ${exampleOf(schema, member)}`,
  };
};

const examples: Record<string, string> = {
  type: '"email"',
  steps: '[ … ]',
  id: '"a-short-name"',
  atMost: '"2 days"',
  otherwise: '{ "steps": [] }',
  wayleaf: '1',
  enter: '{ "on": [{ "form": "…" }] }',
};

const exampleOf = (schema: z.core.$ZodType | undefined, member: string): string => {
  const known = examples[member];
  if (known !== undefined || !schema) return known ?? '…';
  const { type } = optionsOf(schema)[0]!._zod.def;
  return (
    { array: '[ … ]', object: '{ … }', record: '{ … }', number: '…', boolean: 'true' }[type as string] ??
    '"…"'
  );
};

const wrongType = ({ path, value, place }: Mistake, expected: string): ShapeFinding => {
  const { hint, repair } = rewriting(path, value, expected);
  const message = `${place} is ${describeValue(value)}; it must be ${describeType(expected)}`;
  return { code: 'wrong-type', path, message, hint, ...(repair && { repair }) };
};

/** The same value in the type that is needed, where there is one. */
const rewriting = (path: Path, value: unknown, expected: string): { hint?: string; repair?: Repair } => {
  const text = typeof value === 'string' ? value.trim() : '';
  if (expected === 'number' && /^-?\d+(?:\.\d+)?\s*%?$/.test(text)) {
    const number = Number.parseFloat(text);
    return { hint: `write ${number} without quotes`, repair: replaced(path, value, number) };
  }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return { hint: `write "${value}" in quotes`, repair: replaced(path, value, String(value)) };
  if (expected === 'boolean' && (text === 'true' || text === 'false'))
    return { hint: `write ${text} without quotes`, repair: replaced(path, value, text === 'true') };
  if (expected !== 'array') return {};
  const repair = isObject(value) || typeof value === 'string' ? wrapped(path) : undefined;
  return { hint: 'put it in square brackets: [ … ]', ...(repair && { repair }) };
};

const wrongValue = ({ path, value, place }: Mistake, values: readonly unknown[]): ShapeFinding => {
  const allowed = values.map((one) => JSON.stringify(one));
  return {
    code: 'wrong-value',
    path,
    message: `${place} is ${describeValue(value)}; allowed ${allowed.length === 1 ? 'is' : 'are'} ${allowed.join(', ')}`,
    hint:
      typeof values[0] === 'string' ? hintOfWord(value, values.map(String)) : `write ${allowed.join(' or ')}`,
    ...repairOfWord(path, value, values),
  };
};

const hintOfWord = (value: unknown, words: readonly string[]): string | undefined => {
  const day = dayMeant(value, words);
  return day === undefined
    ? suggest(String(value), words, `write ${words.map((word) => `"${word}"`).join(' or ')}`)
    : `write "${day}"`;
};

const repairOfWord = (path: Path, value: unknown, values: readonly unknown[]): Pick<Finding, 'repair'> => {
  const words = values.map(String);
  const meant = typeof value === 'string' ? (dayMeant(value, words) ?? wordMeant(value, words)) : undefined;
  return meant === undefined ? {} : { repair: replaced(path, value, meant) };
};

/** Text that does not have the form it should; the schema's own message says what to write. */
const wrongForm = ({ path, value, place }: Mistake, advice?: string): ShapeFinding => {
  const meant = advice?.includes('a duration')
    ? durationMeant(value)
    : advice?.includes('a time such as')
      ? timeMeant(value)
      : undefined;
  return {
    code: 'wrong-form',
    path,
    message: `${place} cannot be ${describeValue(value)}`,
    hint: meant?.hint ?? advice,
    ...(meant?.sure && { repair: replaced(path, value, meant.sure) }),
  };
};
