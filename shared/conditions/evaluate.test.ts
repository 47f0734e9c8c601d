import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { ConditionFacts } from './facts.ts';
import { type Condition, conditionSchema } from './schema.ts';

const now = Date.parse('2026-03-15T12:00:00Z');
const day = 86_400_000;

const factsOf = (changes: Partial<ConditionFacts> = {}): ConditionFacts => ({
  contact: {
    companySize: 120,
    plan: 'Pro',
    email: 'ada@example.com',
    trial: false,
    nothing: null,
    tags: ['vip', 'demo'],
    score: 40,
    stage: 'lead',
    address: { city: 'Berlin' },
    'dotted.name': 1,
    seenAt: '2026-03-10T12:00:00Z',
    birthday: '2026-03-15',
    renewal: '2026-03-20',
  },
  trigger: { event: 'Signed Up', type: 'track', properties: { plan: 'pro', total: 12.5 } },
  results: { lookup: { country: 'DE' } },
  now,
  zone: 'Europe/Berlin',
  consent: (key) => key === 'email',
  inSegment: (id) => id === 'dormant',
  did: (event) =>
    event === 'Bought'
      ? [
          { at: now - 40 * day, properties: { total: 5 } },
          { at: now - 2 * day, properties: { total: 50 } },
          { at: now - day, properties: { total: 70 } },
        ]
      : [],
  message: (step, was) =>
    step === 'welcome' && was === 'clicked' ? [{ at: now, link: 'https://www.acme.example/a' }] : [],
  ...changes,
});
const holds = (condition: unknown, changes?: Partial<ConditionFacts>): boolean =>
  evaluate(conditionSchema.parse(condition), factsOf(changes));

describe('a condition that is true', () => {
  it.each<[unknown]>([
    [{ contact: 'companySize', is: 120 }],
    [{ contact: 'plan', isNot: 'Basic' }],
    [{ contact: 'plan', isNot: 5 }],
    [{ contact: 'plan', in: ['Basic', 'Pro'] }],
    [{ contact: 'plan', notIn: ['Basic'] }],
    [{ contact: 'email', contains: '@example' }],
    [{ contact: 'tags', contains: 'vip' }],
    [{ contact: 'email', startsWith: 'ada', endsWith: '.com' }],
    [{ contact: 'trial', exists: true }],
    [{ contact: 'nothing', exists: false }],
    [{ contact: 'unheard', exists: false }],
    [{ contact: 'companySize', above: 119, below: 121 }],
    [{ contact: 'companySize', atLeast: 120, atMost: 120 }],
    [{ contact: 'address.city', is: 'Berlin' }],
    [{ contact: 'dotted.name', is: 1 }],
    [{ contact: 'seenAt', before: '2026-03-11' }],
    [{ contact: 'seenAt', after: '2026-03-10T11:59:59Z' }],
    [{ contact: 'renewal', after: '2026-03-19' }],
    [{ contact: 'seenAt', inLast: '5 days' }],
    [{ contact: 'birthday', inLast: '1 minute' }],
    [{ contact: 'birthday', inNext: '1 minute' }],
    [{ contact: 'renewal', inNext: '5 days' }],
    [{ trigger: 'properties.total', above: 12 }],
    [{ trigger: 'event', is: 'Signed Up' }],
    [{ results: 'lookup.country', is: 'DE' }],
    [{ did: 'Bought' }],
    [{ did: 'Bought', times: { atLeast: 2 }, inLast: '2 days' }],
    [{ did: 'Bought', times: { is: 1 }, where: { trigger: 'properties.total', above: 60 } }],
    [{ did: 'Returned', times: { is: 0 } }],
    [{ message: 'welcome', was: 'clicked' }],
    [{ message: 'welcome', was: 'clicked', link: 'https://www.acme.example/a' }],
    [{ tag: 'demo' }],
    [{ segment: 'dormant' }],
    [{ consent: 'email' }],
    [{ score: { atLeast: 40 } }],
    [{ stage: 'lead' }],
    [{ not: { stage: 'customer' } }],
    [{ all: [{ tag: 'vip' }, { any: [{ tag: 'nope' }, { consent: 'email' }] }] }],
  ])('%j', (condition) => expect(holds(condition)).toBe(true));
});

describe('a condition that is false', () => {
  it.each<[unknown]>([
    [{ contact: 'companySize', is: '120' }],
    [{ contact: 'plan', is: 'pro' }],
    [{ contact: 'plan', above: 1 }],
    [{ contact: 'email', contains: 5 }],
    [{ contact: 'tags', is: 'vip' }],
    [{ contact: 'companySize', atLeast: 100, below: 120 }],
    [{ contact: 'seenAt', inLast: '4 days' }],
    [{ contact: 'seenAt', inNext: '9 days' }],
    [{ contact: 'renewal', inLast: '30 days' }],
    [{ contact: 'renewal', inNext: '4 days' }],
    [{ contact: 'renewal', after: '2026-03-20' }],
    [{ contact: 'renewal', before: '2026-03-20' }],
    [{ contact: 'plan', inLast: '4 days' }],
    [{ did: 'Bought', times: { atLeast: 4 } }],
    [{ did: 'Bought', inLast: '12 hours' }],
    [{ did: 'Returned' }],
    [{ message: 'welcome', was: 'opened' }],
    [{ message: 'welcome', was: 'clicked', link: 'https://www.acme.example/b' }],
    [{ consent: 'sms' }],
    [{ all: [{ tag: 'vip' }, { tag: 'nope' }] }],
    [{ not: { tag: 'vip' } }],
  ])('%j', (condition) => expect(holds(condition)).toBe(false));

  it.each(['constructor', '__proto__.polluted', 'toString', 'tags.length', 'address.city.length', 'plan.0'])(
    'reads only what belongs to the contact: %s is missing',
    (contact) => {
      expect(evaluate({ contact, exists: true }, factsOf())).toBe(false);
      expect(evaluate({ contact, isNot: 'x' }, factsOf())).toBe(false);
    },
  );
});

const operand = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const comparison = fc.oneof(
  fc.record({ contact: fc.constant('gone'), is: operand }),
  fc.record({ contact: fc.constant('gone'), isNot: operand }),
  fc.record({ contact: fc.constant('gone'), notIn: fc.array(operand, { minLength: 1 }) }),
  fc.record({ contact: fc.constant('gone'), above: fc.integer() }),
  fc.record({ contact: fc.constant('gone'), atMost: fc.integer() }),
  fc.record({ contact: fc.constant('gone'), contains: operand }),
  fc.record({ contact: fc.constant('gone'), before: fc.constant('2026-01-01') }),
  fc.record({ contact: fc.constant('gone'), inNext: fc.constant('9 days') }),
);
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('vip', 'nope').map((tag) => ({ tag })),
  fc.integer({ min: 0, max: 80 }).map((atLeast) => ({ score: { atLeast } })),
  fc.integer({ min: 100, max: 140 }).map((above) => ({ contact: 'companySize', above })),
);
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
}));

describe('evaluate', () => {
  it('makes every comparison of a missing value false', () => {
    fc.assert(
      fc.property(comparison, (condition) => {
        expect(evaluate(condition, factsOf())).toBe(false);
      }),
    );
  });
  it('obeys the laws of not, all and any', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const [isA, isB] = [evaluate(a, factsOf()), evaluate(b, factsOf())];
        expect(evaluate({ not: a }, factsOf())).toBe(!isA);
        expect(evaluate({ all: [a, b] }, factsOf())).toBe(isA && isB);
        expect(evaluate({ not: { any: [{ not: a }, { not: b }] } }, factsOf())).toBe(isA && isB);
      }),
    );
  });
});
