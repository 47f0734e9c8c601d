import type * as z from 'zod';
import { isObject } from '#kernel/json';
import { joined } from '#kernel/words';
import { stepTypes } from '../../steps/registry.ts';
import { renamed, replaced } from '../fix/repair.ts';
import { wordMeant } from '../fix/slips.ts';
import { isStepPath, nameOfStep } from '../places.ts';
import { bare, idOf, meantOption, membersOf, optionsOf, schemaAt } from './options.ts';
import type { Mistake, ShapeFinding } from './shape.ts';
import { describeSchema, describeValue } from './values.ts';
import { suggest } from './words.ts';

type Inner = (issues: readonly z.core.$ZodIssue[]) => ShapeFinding[];

/** A union failed: tell only what is wrong with the option that was meant. */
export const unionFindings = (mistake: Mistake, inner: Inner): ShapeFinding[] => {
  const { issue, path, raw, value, root } = mistake;
  if (issue.code !== 'invalid_union') return [];
  if (path.at(-1) === 'type' && isStepPath(path.slice(0, -1))) return [unknownType(mistake)];
  const schema = schemaAt(root, path, raw);
  if (!schema) return [noOption(mistake, [])];
  const index = meantOption(schema, value);
  const issues = issue.errors[index];
  return issues?.length ? inner(issues) : [noOption(mistake, optionsOf(bare(schema)), schema)];
};

const unknownType = ({ path, raw, value }: Mistake): ShapeFinding => {
  const step = nameOfStep(raw, path.slice(0, -1));
  return {
    code: 'unknown-type',
    path,
    message: `${step} is of type ${describeValue(value)}, which is no type of step`,
    hint: hintForType(String(value)),
    ...repairOfType(path, value),
  };
};

const repairOfType = (path: Mistake['path'], value: unknown): Pick<ShapeFinding, 'repair'> => {
  const meant = typeof value === 'string' ? wordMeant(value, stepTypes) : undefined;
  return meant === undefined ? {} : { repair: replaced(path, value, meant) };
};

/** What other tools call our steps. */
const otherNames: Record<string, string> = {
  mail: 'email',
  message: 'email',
  text: 'sms',
  slack: 'notify',
  alert: 'notify',
  call: 'task',
  todo: 'task',
  delay: 'wait',
  sleep: 'wait',
  pause: 'wait',
  listen: 'waitFor',
  until: 'wait',
  event: 'waitFor',
  if: 'decide',
  condition: 'decide',
  branch: 'decide',
  choice: 'decide',
  decision: 'decide',
  switch: 'decide',
  test: 'split',
  experiment: 'split',
  random: 'split',
  abtest: 'split',
  tag: 'update',
  set: 'update',
  end: 'exit',
  stop: 'exit',
  fail: 'exit',
  succeed: 'exit',
};

const hintForType = (type: string): string | undefined => {
  const plain = type.toLowerCase().replace(/[^a-z]/g, '');
  const meant = Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined;
  return meant ? `did you mean "${meant}"?` : suggest(type, stepTypes, `types are ${stepTypes.join(', ')}`);
};

const noOption = (
  { path, value, place }: Mistake,
  options: readonly z.core.$ZodType[],
  schema?: z.core.$ZodType,
): ShapeFinding => {
  const names = options.flatMap(firstMember);
  if (!isObject(value) || names.length === 0)
    return {
      code: 'wrong-type',
      path,
      message: `${place} is ${describeValue(value)}; it must be ${joined([...new Set(options.map(describeSchema))], 'or')}`,
    };
  const kind = kinds[(schema && idOf(schema)) ?? ''] ?? 'value';
  const found = Object.keys(value);
  return {
    code: kind === 'value' ? 'wrong-form' : `unknown-${kind}`,
    path,
    message:
      found.length === 0
        ? `${place} is an empty object, which is no ${kind}`
        : `${place} has ${joined(found.map((name) => `"${name}"`))}, which is no ${kind}`,
    hint: onlyToEnter(found) ?? suggest(found[0] ?? '', names, `begin with one of ${names.join(', ')}`),
    ...repairOfName(path, found, names),
  };
};

const repairOfName = (
  path: Mistake['path'],
  [found = '']: readonly string[],
  names: readonly string[],
): Pick<ShapeFinding, 'repair'> => {
  const meant = wordMeant(found, names);
  return meant === undefined ? {} : { repair: renamed([...path, found], meant) };
};

const kinds: Record<string, string> = {
  condition: 'condition',
  trigger: 'trigger',
  heard: 'trigger',
  awaited: 'trigger',
};

const onlyToEnter = (found: readonly string[]): string | undefined =>
  found.includes('date') || found.includes('manual')
    ? '"date" and "manual" can start a journey, but nothing in it; use form, event, segment or tag'
    : undefined;

/** What one writes first to mean this option. */
const firstMember = (option: z.core.$ZodType): string[] => Object.keys(membersOf(option)).slice(0, 1);
