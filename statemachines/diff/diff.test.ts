import { describe, expect, it } from 'vitest';
import { decide, email, journeyOf, pause, syntheticJourney, waitForClick } from '#test/builders/journeys';
import { sampleIds, sampleJourney } from '#test/builders/sample-journeys';
import type { Journey, Step } from '../document/schema.ts';
import { diffJourneys, sentenceOf, summaryOf } from './diff.ts';

const sentences = (before: Journey, after: Journey): string[] => diffJourneys(before, after).map(sentenceOf);
const steps = (before: Step[], after: Step[]): string[] => sentences(journeyOf(before), journeyOf(after));

it.each(sampleIds)('finds nothing between %s and itself, whatever the order of its members', (id) => {
  const journey = sampleJourney(id);
  const reversed = Object.fromEntries(Object.entries(journey).reverse()) as unknown as Journey;
  expect(diffJourneys(journey, reversed)).toEqual([]);
  expect(summaryOf([])).toBe('no difference');
});

describe('a step', () => {
  it.each<[string, Step[], Step[], string[]]>([
    [
      'that waits longer',
      [pause('rest', '2 days')],
      [pause('rest', '3 days')],
      ['wait "rest" now waits 3 days instead of 2'],
    ],
    [
      'that waits in another unit',
      [pause('rest', '2 days')],
      [pause('rest', '36 hours')],
      ['wait "rest" now waits 36 hours instead of 2 days'],
    ],
    [
      'with another template and a subject',
      [email('offer')],
      [email('offer', { template: 'better', subject: 'Look' })],
      [
        'email "offer" now uses template "better" instead of "welcome"',
        'email "offer" now has the subject "Look"',
      ],
    ],
    [
      'that is new',
      [email('a')],
      [email('a'), email('b')],
      ['email "b" is new (e-mail "welcome"), after "a"'],
    ],
    [
      'that is gone',
      [email('a'), pause('rest'), email('b')],
      [email('a'), email('b')],
      ['wait "rest" is gone (wait 2 days)'],
    ],
    [
      'that moved, and only that one',
      [email('a'), email('b'), email('c'), email('d')],
      [email('b'), email('c'), email('a'), email('d')],
      ['email "a" moved: it now comes after "c"'],
    ],
    [
      'that moved into a branch',
      [email('a'), decide('vip', [], [])],
      [decide('vip', [email('a')], [])],
      ['email "a" moved: it now comes alone in "Yes" of "vip"'],
    ],
    [
      'of another type under the same id',
      [email('a')],
      [{ id: 'a', type: 'exit' }],
      ['exit "a" is new (exit) instead of email "a", alone'],
    ],
    [
      'that goes with everything in it',
      [decide('vip', [email('a'), decide('inner', [email('b')], [])], []), email('z')],
      [email('z')],
      ['decide "vip" is gone (Is it vip?), with the 3 steps in it'],
    ],
    [
      'with a condition',
      [email('a')],
      [email('a', { if: { tag: 'vip' } })],
      ['email "a" now happens only if has the tag "vip"'],
    ],
  ])('%s', (_, before, after, expected) => expect(steps(before, after)).toEqual(expected));
});

describe('an answer', () => {
  const branchy = (branches: object[], members: object = {}): Step[] => [
    { ...decide('size', [], []), branches, ...members } as Step,
  ];
  const large = { answer: 'Large', if: { contact: 'size', atLeast: 50 }, steps: [] };
  const tiny = { answer: 'Tiny', if: { contact: 'size', below: 5 }, steps: [] };

  it.each<[string, Step[], Step[], string[]]>([
    [
      'with another limit',
      branchy([large]),
      branchy([{ ...large, if: { contact: 'size', atLeast: 100 } }]),
      ['decide "size" takes the answer "Large" now if size is at least 100 instead of 50'],
    ],
    ['that is new', branchy([large]), branchy([large, tiny]), ['decide "size" has a new answer "Tiny"']],
    [
      'that is gone',
      branchy([large, tiny]),
      branchy([large]),
      ['decide "size" has no answer "Tiny" any more'],
    ],
    [
      'with other words',
      branchy([large]),
      branchy([{ ...large, answer: 'Big' }]),
      ['decide "size" calls the answer "Large" now "Big"'],
    ],
    [
      'tried later',
      branchy([large, tiny]),
      branchy([tiny, large]),
      ['decide "size" tries its answers in another order'],
    ],
  ])('%s', (_, before, after, expected) => expect(steps(before, after)).toEqual(expected));

  it('that gets more of a split', () => {
    const arms = (a: number) =>
      [
        {
          id: 't',
          type: 'split',
          arms: [
            { name: 'a', weight: a, steps: [] },
            { name: 'b', weight: 100 - a, steps: [] },
          ],
        },
      ] as Step[];
    expect(steps(arms(50), arms(60))).toEqual([
      'split "t" gives "a" now 60 % instead of 50 %',
      'split "t" gives "b" now 40 % instead of 50 %',
    ]);
  });

  it('that waits for a shorter time', () => {
    const wait = (atMost: string) => [email('m'), waitForClick('reaction', 'm', [], [], { atMost })];
    expect(steps(wait('3 days'), wait('1 day'))).toEqual([
      'waitFor "reaction" now waits at most 1 day instead of 3',
    ]);
  });
});

it('says what changed around the steps', () => {
  const before = journeyOf([email('a')], {
    enter: { on: [{ event: 'Signed Up' }] },
    exit: [{ on: { event: 'Left' } }],
    goal: { on: { event: 'Bought' }, within: '30 days' },
    sending: { quietHours: { from: '21:00', to: '08:00' } },
  });
  const after = journeyOf([email('a')], {
    objective: 'More',
    enter: { on: [{ event: 'Signed Up' }, { form: 'demo' }], if: { consent: 'email' } },
    goal: { on: { event: 'Bought' }, within: '60 days' },
    sending: { quietHours: { from: '22:00', to: '08:00' }, class: 'transactional' },
  });
  expect(sentences(before, after)).toEqual([
    'the journey now has "objective": "More" instead of "See what happens"',
    'the journey also starts when form "demo" is posted',
    'the journey now lets contacts in only if has consented to email',
    'the journey no longer ends at once: when event "Left"',
    'the journey now has "goal.within": "60 days" instead of "30 days"',
    'the journey now has "sending.quietHours.from": "22:00" instead of "21:00"',
    'the journey now has "sending.class": "transactional"',
  ]);
});

it('finds nothing in a journey of 2,000 steps and itself, and most of them moved in its reverse', () => {
  const journey = syntheticJourney(2000);
  const flat = journeyOf(Array.from({ length: 2000 }, (_, i) => email(`m${i}`)));
  expect(diffJourneys(journey, journey)).toEqual([]);
  expect(diffJourneys(flat, { ...flat, steps: flat.steps.toReversed() }).length).toBeGreaterThan(1000);
});

describe('no change goes unseen', () => {
  const text = JSON.stringify(sampleJourney('demo-follow-up'));
  const values = [...text.matchAll(/(?<=[:[,])(?:"[^"]*"|\d+)(?=[,}\]])/g)].filter(
    ({ 0: value }) => !value.includes('schema'),
  );
  it.each(values.map((match) => [match[0], match.index] as const))('of %s at %i', (value, at) => {
    const other = value.startsWith('"') ? `"${value.slice(1, -1)}x"` : `${value}1`;
    const changed = JSON.parse(text.slice(0, at) + other + text.slice(at + value.length)) as Journey;
    if (changed.wayleaf !== 1 || changed.steps.some(({ type }) => type.endsWith('x'))) return;
    try {
      expect(diffJourneys(sampleJourney('demo-follow-up'), changed)).not.toEqual([]);
    } catch (error) {
      // A type that does not exist has no words; `diff` loads only documents that were checked.
      if (!text.slice(0, at).endsWith('"type":')) throw error;
    }
  });
});
