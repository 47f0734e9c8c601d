import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { ConditionFacts } from './facts.ts';
import { covers, coverTogether, neverTrue, overlaps } from './reason.ts';
import type { Condition } from './schema.ts';

const factsWith = (contact: Record<string, unknown>): ConditionFacts => ({
  contact,
  now: 0,
  zone: 'UTC',
  consent: () => false,
  inSegment: () => false,
  did: () => [],
  message: () => [],
});

const number = fc.integer({ min: 0, max: 6 });
const operator = fc.constantFrom('is', 'above', 'atLeast', 'below', 'atMost');
const range: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom('a', 'b'), fc.dictionary(operator, number, { minKeys: 1, maxKeys: 2 }))
  .map(([contact, operators]) => ({ contact, ...operators }) as Condition);
const other: fc.Arbitrary<Condition> = fc.oneof(
  fc.boolean().map((exists) => ({ contact: 'a', exists })),
  fc.array(number, { minLength: 1, maxLength: 3 }).map((values) => ({ contact: 'a', in: values })),
  fc.constantFrom('x', 'y').map((tag) => ({ tag })),
  fc.constantFrom('lead', 'won').map((stage) => ({ stage })),
);
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    range,
    other,
    fc.array(tie('tree'), { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 2 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
}));
/** Every contact that these conditions can tell apart. */
const values = [undefined, ...Array.from({ length: 18 }, (_, i) => i / 2 - 1)];
const contacts = values.flatMap((a) =>
  [undefined, 1, 3, 5].flatMap((b) =>
    [['x'], ['y'], []].flatMap((tags) =>
      ['lead', undefined].map((stage) => factsWith({ a, b, tags, stage })),
    ),
  ),
);

describe('what is said of conditions without a contact holds for every contact', () => {
  it('covers: whoever fits the later fits the earlier', () => {
    let found = 0;
    fc.assert(
      fc.property(tree, tree, (earlier, later) => {
        if (!covers(earlier, later)) return;
        found++;
        for (const facts of contacts) expect(evaluate(later, facts) && !evaluate(earlier, facts)).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(20);
  });
  it('coverTogether: whoever fits the later fits one of the earlier', () => {
    let found = 0;
    const several = fc.array(fc.oneof(range, tree), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(several, tree, (earlier, later) => {
        if (!coverTogether(earlier, later)) return;
        found++;
        for (const facts of contacts)
          expect(evaluate(later, facts) && !earlier.some((one) => evaluate(one, facts))).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(20);
  });
  it('neverTrue: nobody fits', () => {
    let found = 0;
    fc.assert(
      fc.property(tree, (condition) => {
        if (neverTrue(condition) === undefined) return;
        found++;
        for (const facts of contacts) expect(evaluate(condition, facts)).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(20);
  });
  it('overlaps: somebody fits both', () => {
    fc.assert(
      fc.property(range, range, (first, second) => {
        const [one, other] = [first, second].map((c) => ({ ...c, contact: 'a' }) as Condition) as [
          Condition,
          Condition,
        ];
        if (!overlaps(one, other)) return;
        expect(contacts.some((facts) => evaluate(one, facts) && evaluate(other, facts))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('covers', () => {
  it.each<[Condition, Condition]>([
    [
      { contact: 'age', atLeast: 18 },
      { contact: 'age', above: 65 },
    ],
    [
      { contact: 'plan', in: ['a', 'b'] },
      { contact: 'plan', is: 'a' },
    ],
    [
      { contact: 'plan', exists: true },
      { contact: 'plan', startsWith: 'a' },
    ],
    [
      { contact: 'seen', inLast: '30 days' },
      { contact: 'seen', inLast: '1 week' },
    ],
    [{ any: [{ tag: 'a' }, { tag: 'b' }] }, { all: [{ tag: 'b' }, { tag: 'c' }] }],
  ])('%j holds whenever %j does', (earlier, later) => expect(covers(earlier, later)).toBe(true));
  it.each<[Condition, Condition]>([
    [
      { contact: 'age', above: 65 },
      { contact: 'age', atLeast: 18 },
    ],
    [
      { contact: 'age', atLeast: 18 },
      { contact: 'size', above: 65 },
    ],
    [
      { contact: 'seen', inLast: '1 week' },
      { contact: 'seen', inLast: '30 days' },
    ],
    [
      { contact: 'seen', inLast: '1 week' },
      { contact: 'seen', inNext: '1 day' },
    ],
  ])('%j does not always hold when %j does', (earlier, later) => expect(covers(earlier, later)).toBe(false));
});

describe('coverTogether', () => {
  const age = (operators: object): Condition => ({ contact: 'age', ...operators }) as Condition;
  it.each<[Condition[], Condition, boolean]>([
    [[age({ below: 18 }), age({ atLeast: 18 })], age({ is: 18 }), true],
    [[age({ below: 18 }), age({ above: 18 })], age({ atLeast: 10 }), false],
    [[age({ atLeast: 40 }), age({ above: 9, atMost: 40 })], age({ atLeast: 10 }), true],
    [[{ tag: 'vip' }, { not: { tag: 'vip' } }], { stage: 'lead' }, true],
    [[{ tag: 'vip' }], { stage: 'lead' }, false],
  ])('%j, %j: %s', (earlier, later, together) => expect(coverTogether(earlier, later)).toBe(together));
});

it.each<[unknown[], unknown[], boolean]>([
  [['a', 'b'], ['b', 'c'], true],
  [['a', 'b'], ['c'], false],
  [['a', 'b'], ['a'], false],
])('lists %j and %j overlap without one holding the other: %s', (one, other, overlap) =>
  expect(
    overlaps({ contact: 'plan', in: one } as Condition, { contact: 'plan', in: other } as Condition),
  ).toBe(overlap),
);
