import type { Operator, Operators } from './schema.ts';

/** What kind of value stands somewhere, as far as it is known before there is one. */
export type Kind = 'text' | 'address' | 'number' | 'boolean' | 'date';

const hasType = (wanted: unknown, type: 'string' | 'number' | 'boolean'): boolean =>
  Array.isArray(wanted) ? wanted.some((one) => typeof one === type) : typeof wanted === type;

const typeOf: Record<Kind, 'string' | 'number' | 'boolean'> = {
  text: 'string',
  address: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'string',
};

/** The kinds that an operator can be true of; the others compare a value of one type with any kind. */
const operands: Partial<Record<Operator, readonly Kind[]>> = {
  contains: ['text', 'address', 'date'],
  startsWith: ['text', 'address', 'date'],
  endsWith: ['text', 'address', 'date'],
  above: ['number'],
  atLeast: ['number'],
  below: ['number'],
  atMost: ['number'],
  // People write dates into fields for text.
  before: ['date', 'text'],
  after: ['date', 'text'],
  inLast: ['date', 'text'],
  inNext: ['date', 'text'],
};

const canBeTrue = (kind: Kind, operator: Operator, wanted: unknown): boolean => {
  if (operator === 'exists' || operator === 'isNot' || operator === 'notIn') return true;
  const kinds = operands[operator];
  if (kinds) return kinds.includes(kind) && (operator !== 'contains' || hasType(wanted, 'string'));
  return hasType(wanted, typeOf[kind]);
};

/** The operators of a comparison that can never be true of a value of this kind. */
export const impossibleOperators = (kind: Kind, operators: Operators): Operator[] =>
  (Object.keys(operators) as Operator[]).filter((name) => !canBeTrue(kind, name, operators[name]));

/** The operators that can be, for people. */
export const possibleOperators = (kind: Kind): Operator[] => [
  ...(['is', 'isNot', 'in', 'notIn', 'exists'] as const),
  ...(Object.keys(operands) as Operator[]).filter((name) => operands[name]?.includes(kind)),
];
