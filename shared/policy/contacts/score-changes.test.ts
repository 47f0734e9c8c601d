import fc from 'fast-check';
import { expect, test } from 'vitest';
import { iso } from '#kernel/clock';
import type { Scoring } from '#model/contact';
import { scoreAt } from './score.ts';
import { nextScoreChange } from './score-changes.ts';

const start = Date.UTC(2026, 2, 1, 9);
const day = 86_400_000;
const scoring = (rules: Scoring['rules'], base = 0): Scoring => ({ asOf: iso(start), base, rules });
const half = (points: number, halfLifeMs = day) => ({ given: [{ points, at: iso(start) }], halfLifeMs });

test('a score that halves each day comes to half of it after one', () => {
  expect(nextScoreChange(scoring({ a: half(80) }), start, [40])).toBeGreaterThan(start + day - 60_000);
  expect(nextScoreChange(scoring({ a: half(80) }), start, [40])).toBeLessThanOrEqual(start + day);
});

test('points that go after a time go at that very time', () => {
  const rules = { a: { given: [{ points: 5, at: iso(start) }], afterMs: 3 * day } };
  expect(nextScoreChange(scoring(rules, 10), start, [12])).toBe(start + 3 * day);
});

test('of a threshold that is never reached time changes nothing', () => {
  expect(nextScoreChange(scoring({ a: half(80) }, 50), start, [50 - 1, 200])).toBeUndefined();
  expect(
    nextScoreChange(scoring({ a: { given: [{ points: 5, at: iso(start) }] } }), start, [3]),
  ).toBeUndefined();
});

const rule = fc.record({
  points: fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0),
  ageHours: fc.integer({ min: 0, max: 200 }),
  fading: fc.oneof(
    fc.record({ halfLifeMs: fc.integer({ min: 1, max: 20 }).map((n) => n * day) }),
    fc.record({ afterMs: fc.integer({ min: 1, max: 20 }).map((n) => n * day) }),
    fc.constant({}),
  ),
});

test('is never later than the answer changes', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: -20, max: 20 }),
      fc.integer({ min: -60, max: 60 }),
      (rules, base, threshold) => {
        const made = scoring(
          Object.fromEntries(
            rules.map(({ points, ageHours, fading }, i) => [
              `r${i}`,
              { given: [{ points, at: iso(start - ageHours * 3_600_000) }], ...fading },
            ]),
          ),
          base,
        );
        const isAt = (at: number) => Math.sign(scoreAt(made, at) - threshold);
        const end = Math.min(
          nextScoreChange(made, start, [threshold]) ?? Number.POSITIVE_INFINITY,
          start + 60 * day,
        );
        // A minute at most, where points given and taken fade side by side.
        for (let at = start; at < end - 60_000; at += 4 * 3_600_000) expect(isAt(at)).toBe(isAt(start));
      },
    ),
    { numRuns: 150 },
  );
});
