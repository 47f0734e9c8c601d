import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { impossibleOperators, type Kind, possibleOperators } from './kinds.ts';
import type { Condition, Operators } from './schema.ts';

const values: Record<Kind, readonly unknown[]> = {
  text: ['pro', '2026-03-01', ''],
  address: ['ada@example.com', '+4915112345678'],
  number: [0, 5, -3.5],
  boolean: [true, false],
  date: ['2026-03-01', '2026-03-14T10:00:00Z', '1990-06-12'],
};
const comparisons: readonly Operators[] = [
  ...[{ is: 'pro' }, { is: 5 }, { is: true }, { in: ['x', 5] }, { contains: 'a' }, { contains: 5 }],
  ...[{ startsWith: '2' }, { endsWith: '8' }, { above: 1 }, { atLeast: 5 }, { below: 0 }, { atMost: 9 }],
  ...[{ before: '2026-12-01' }, { after: '1980-01-01' }, { inLast: '30 days' }, { inNext: '30 days' }],
  ...[{ isNot: 5 }, { notIn: ['x'] }, { exists: true }],
];
const facts = (value: unknown) => ({
  contact: { field: value },
  now: Date.parse('2026-03-10T00:00:00Z'),
  zone: 'UTC',
  consent: () => false,
  inSegment: () => false,
  did: () => [],
  message: () => [],
});

describe.each(Object.keys(values) as Kind[])('of a value that is a %s', (kind) => {
  it.each(comparisons.map((operators) => [JSON.stringify(operators), operators] as const))(
    'what is told impossible is true of none: %s',
    (_, operators) => {
      const isTrue = values[kind].some((value) =>
        evaluate({ contact: 'field', ...operators } as Condition, facts(value)),
      );
      if (impossibleOperators(kind, operators).length > 0) expect(isTrue).toBe(false);
      else expect(possibleOperators(kind)).toContain(Object.keys(operators)[0]);
    },
  );
});

it('tells every wrong operator of a comparison', () => {
  expect(impossibleOperators('number', { is: '5', above: 3, startsWith: 'x' })).toEqual(['is', 'startsWith']);
});
