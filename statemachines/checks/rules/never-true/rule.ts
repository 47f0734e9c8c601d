import { comparisonIn } from '#conditions/comparison';
import { neverTrue as whyNever } from '#conditions/reason';
import type { Condition, Operator } from '#conditions/schema';
import { innerPlaced } from '../../inner-conditions.ts';
import type { Finding, Rule } from '../../rule.ts';
import type { Placed } from '../../view.ts';

export const neverTrue: Rule = {
  id: 'never-true',
  severity: 'error',
  title: 'A condition can be true',
  explain:
    'A condition that contradicts itself, or compares a field with a value of a kind that it never has.',
  why: 'What can never be true sends nobody this way; mostly a value was mistyped, or "all" was written for "any".',
  example: {
    place: 'condition',
    wrong: '{ "contact": "companySize", "above": 100, "below": 50 }',
    right: '{ "contact": "companySize", "above": 50, "below": 100 }',
  },
  check: (view) => [...view.conditions.flatMap(contradiction), ...innerPlaced(view).flatMap(wrongKind)],
};

const contradiction = ({ path, value }: Placed<Condition>): Finding[] => {
  const reason = whyNever(value);
  return reason === undefined
    ? []
    : [
        {
          path,
          message: `this condition can never be true: ${reason}`,
          hint: 'change one of the values, or use "any" instead of "all"',
        },
      ];
};

type Kind = 'text' | 'number' | 'list' | 'date';
/** Kinds of the fields that Wayleaf itself keeps. */
const kinds: Record<string, Kind> = {
  id: 'text',
  email: 'text',
  phone: 'text',
  firstName: 'text',
  lastName: 'text',
  stage: 'text',
  timezone: 'text',
  language: 'text',
  score: 'number',
  tags: 'list',
  createdAt: 'date',
};
export const isOwnField = (name: string): boolean => Object.hasOwn(kinds, name);
const fits: Record<Kind, (operator: Operator, value: unknown) => boolean> = {
  text: (operator, value) => !numeric.has(operator) && !temporal.has(operator) && hasType(value, 'string'),
  number: (operator, value) => !temporal.has(operator) && !textual.has(operator) && hasType(value, 'number'),
  list: (operator) =>
    operator === 'contains' || operator === 'exists' || operator === 'isNot' || operator === 'notIn',
  date: (operator, value) => !numeric.has(operator) && hasType(value, 'string'),
};
const numeric: ReadonlySet<string> = new Set(['above', 'atLeast', 'below', 'atMost']);
const temporal: ReadonlySet<string> = new Set(['before', 'after', 'inLast', 'inNext']);
const textual: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith']);
const hasType = (value: unknown, type: string): boolean =>
  typeof value === 'boolean' ||
  (Array.isArray(value) ? value.some((one) => typeof one === type) : typeof value === type);

const wrongKind = ({ path, value }: Placed<Condition>): Finding[] => {
  const compared = comparisonIn(value);
  if (compared?.source !== 'contact' || !isOwnField(compared.path)) return [];
  const { path: contact, operators } = compared;
  const kind = kinds[contact]!;
  return Object.entries(operators)
    .filter(([operator, wanted]) => !(operator === 'exists' || fits[kind](operator as Operator, wanted)))
    .map(([operator, wanted]) => ({
      path: [...path, operator],
      message: `"${contact}" is a ${kind}, so "${operator}": ${JSON.stringify(wanted)} can never be true`,
      hint:
        contact === 'tags'
          ? `write { "tag": ${JSON.stringify(Array.isArray(wanted) ? wanted[0] : wanted)} }`
          : undefined,
    }));
};
