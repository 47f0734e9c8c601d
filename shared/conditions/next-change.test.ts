import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { ConditionFacts } from './facts.ts';
import { nextChange } from './next-change.ts';
import type { Condition } from './schema.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-27T00:00:00Z');
const at = (hours: number): string => new Date(start + hours * hour).toISOString();

interface Known {
  did?: { at: number; properties: Record<string, unknown> }[];
  contact?: Record<string, unknown>;
}
const factsAt = (now: number, { did = [], contact = {} }: Known): ConditionFacts => ({
  contact,
  now,
  zone: 'Europe/Berlin',
  consent: () => false,
  inSegment: () => false,
  did: (event) => (event === 'Bought' ? did : []),
  message: () => [],
});
const next = (condition: Condition, known: Known = {}, segment?: Condition) =>
  nextChange(condition, factsAt(start, known), () => segment);
const bought = (...hours: number[]) => hours.map((h) => ({ at: start + h * hour, properties: { total: h } }));

describe('the next change', () => {
  it('of a window is when the event that counts drops out of it', () => {
    const known = { did: bought(-5, -2) };
    expect(next({ did: 'Bought', inLast: '10 hours' }, known)).toBe(start + 8 * hour + 1);
    expect(next({ not: { did: 'Bought', inLast: '10 hours' } }, known)).toBe(start + 8 * hour + 1);
    const twice: Condition = { did: 'Bought', times: { atLeast: 2 }, inLast: '10 hours' };
    expect(next(twice, known)).toBe(start + 5 * hour + 1);
  });

  it('of a date is when it comes into the window, then when it leaves it', () => {
    const contact = { renewal: at(48), seen: at(-3) };
    expect(next({ contact: 'renewal', inNext: '1 day' }, { contact })).toBe(start + 24 * hour);
    expect(next({ contact: 'seen', inLast: '5 hours' }, { contact })).toBe(start + 2 * hour + 1);
  });

  it('is the first of all that a condition and the segments in it ask', () => {
    const known = { did: bought(-5), contact: { renewal: at(30) } };
    const segment: Condition = { contact: 'renewal', inNext: '1 day' };
    const both: Condition = { all: [{ did: 'Bought', inLast: '10 hours' }, { segment: 'soon' }] };
    expect(next(both, known)).toBe(start + 5 * hour + 1);
    expect(next(both, known, segment)).toBe(start + 5 * hour + 1);
    expect(next({ any: [{ segment: 'soon' }, { tag: 'x' }] }, known, segment)).toBe(start + 6 * hour);
  });

  it.each<[string, Condition]>([
    ['fields and tags', { all: [{ contact: 'plan', is: 'pro' }, { tag: 'vip' }] }],
    ['what was ever done', { did: 'Bought', times: { atLeast: 1 } }],
    ['fixed dates', { contact: 'seen', after: '2026-01-01' }],
    ['a window over nothing', { not: { did: 'Sold', inLast: '10 days' } }],
    ['a window over what is no date', { contact: 'plan', inLast: '1 day' }],
  ])('is not there for %s', (_, condition) => {
    expect(next(condition, { did: bought(-5), contact: { plan: 'pro', seen: at(-3) } })).toBeUndefined();
  });

  it('is never too late', () => {
    const hours = fc.integer({ min: 1, max: 40 }).map((n) => `${n} hours`);
    const leaf: fc.Arbitrary<Condition> = fc.oneof(
      fc.record({
        did: fc.constant('Bought'),
        inLast: hours,
        times: fc.record({ atLeast: fc.integer({ min: 1, max: 3 }) }),
      }),
      fc.record({
        did: fc.constant('Bought'),
        inLast: hours,
        times: fc.record({ is: fc.integer({ min: 0, max: 2 }) }),
      }),
      hours.map((inLast) => ({ did: 'Bought', inLast, where: { trigger: 'properties.total', below: 0 } })),
      hours.map((inLast) => ({ contact: 'day', inLast })),
      hours.map((inNext) => ({ contact: 'moment', inNext })),
    );
    const tree: fc.Arbitrary<Condition> = fc.oneof(
      leaf,
      leaf.map((not) => ({ not })),
      fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(leaf, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    );
    const events = fc.array(fc.integer({ min: -60, max: 20 }), { maxLength: 6 });
    fc.assert(
      fc.property(tree, events, fc.integer({ min: -60, max: 60 }), (condition, done, moment) => {
        const known = { did: bought(...done), contact: { day: at(moment).slice(0, 10), moment: at(moment) } };
        const due = nextChange(condition, factsAt(start, known)) ?? start + 200 * hour;
        const answer = evaluate(condition, factsAt(start, known));
        // Around each full hour, where windows that are told in hours open and close.
        for (let now = start; now < due; now += hour)
          for (const instant of [now - 1, now, now + 1])
            if (instant >= start && instant < due)
              expect(evaluate(condition, factsAt(instant, known))).toBe(answer);
      }),
      { numRuns: 200 },
    );
  });
});
