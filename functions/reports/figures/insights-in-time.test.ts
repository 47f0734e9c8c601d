import { expect, test } from 'vitest';
import { createPlan, type Plan, type PlanNode } from '#statemachines/compile/plan';
import { email, journeyOf } from '#test/builders/journeys';
import { answerTimesOf } from './answer-times.ts';
import { ofVersions, ofWait } from './insights-in-time.ts';
import type { Versions } from './versions.ts';

const hour = 3_600;
const day = 24 * hour;

const plan: Plan = createPlan(
  journeyOf([
    email('hello'),
    {
      ...{ id: 'reply', type: 'waitFor', atMost: '3 days', otherwise: { steps: [] } },
      branches: [{ answer: 'Replied', on: { event: 'Replied' }, steps: [] }],
    },
  ] as never) as never,
);
const node = plan.nodes.get('reply') as PlanNode;

/** @param heard answers by the edge within which they came */
const timesOf = (heard: Record<number, number>, unanswered: number) =>
  answerTimesOf(
    node,
    new Map([
      ...Object.entries(heard).map(([edge, n]): [string, number] => [`reply|heardIn|${edge}`, n]),
      ['reply|answer|-1', unanswered],
    ]),
  );
const suggested = (heard: Record<number, number>, unanswered: number) => {
  const answerTimes = timesOf(heard, unanswered);
  const step = { id: 'reply', entered: 1_000, messages: 0, sent: 0, clicked: 0, skipped: {}, perDay: 50 };
  return ofWait(node, { ...step, answerTimes }, 0.1)[0];
};

test('answers are added up to each length of time, and to the wait itself', () => {
  const times = timesOf({ [hour]: 40, [12 * hour]: 10, [3 * day]: 5 }, 45);
  const of = (seconds: number) => times?.within.find((each) => each.seconds === seconds);
  expect([of(hour)?.count, of(12 * hour)?.count, of(2 * day)?.count, of(3 * day)?.count]).toEqual([
    40, 50, 50, 55,
  ]);
  expect([of(12 * hour)?.ofAnswers.of, of(12 * hour)?.ofAll.of]).toEqual([55, 100]);
});

test('a shorter wait is told of when it surely hears nine of ten answers, with what it would miss', () => {
  const found = suggested({ [hour]: 360, [8 * hour]: 32, [2 * day]: 15, [3 * day]: 5 }, 3_100);
  expect(found).toMatchObject({ kind: 'try-a-wait', isCausal: false });
  expect(found?.text).toMatch(/^392 of 412 answers came within 8 hours: 95 % \(93 % to 97 %\)\. /);
  expect(found?.text).toContain('for 20 more, 0.6 % (0.4 % to 0.9 %) of the 3512 who waited');
  expect(found?.text).toContain('the 3100 who did not answer waited 2 days 16 hours longer');
  expect(found?.numbers).toMatchObject({ seconds: 8 * hour, within: 392, late: 20, unanswered: 3_100 });
});

test('answers that still come at the end speak for a longer wait, and only as far as they were seen', () => {
  const found = suggested({ [hour]: 50, [2 * day]: 20, [3 * day]: 50 }, 300);
  expect(found?.text).toMatch(
    /^Answers still come late in the wait of 3 days: 70 of 120 came later than 1 day 12 /,
  );
  expect(found?.text).toContain('How many of these would have answered later was not seen');
});

test('where no answer came in the first half, later is later than that half', () => {
  const found = suggested({ [3 * day]: 60 }, 300);
  expect(found?.text).toContain('60 of 60 came later than 1 day 12 hours, ');
  expect(found?.numbers).toMatchObject({ seconds: 36 * hour, late: 60 });
});

test('few answers, or none that speak for another wait, are said to tell nothing', () => {
  for (const heard of [{ [hour]: 10 }, { [hour]: 80, [3 * day]: 20 }])
    expect(suggested(heard, 300)?.text).toMatch(/^1000 runs waited here\. .* says nothing for/);
});

const versionsOf = (
  before: [number, number],
  after: [number, number],
  kind: 'moved' | 'changed',
): Versions => {
  const row = (version: number, [value, of]: [number, number]) => ({
    ...{ version, publishedAt: '2026-03-01T00:00:00.000Z' },
    rate: { count: value * of, of, value, low: value - 0.02, high: value + 0.02 },
    changes: version === 1 ? [] : [{ step: 'hello', kind, text: 'email "hello" comes first' }],
  });
  return { days: 4, versions: [row(1, before), row(2, after)] };
};

test('versions are told of when their intervals are apart, also when the older one did better', () => {
  const [moved] = ofVersions(plan, versionsOf([0.3, 500], [0.2, 500], 'moved'));
  expect(moved).toMatchObject({ step: 'hello', kind: 'try-an-order', isCausal: false });
  expect(moved?.text).toMatch(/^In version 2 \(email "hello" comes first\) 20 % .* version 1 before it 30 %/);
  expect(ofVersions(plan, versionsOf([0.2, 500], [0.23, 500], 'changed'))).toEqual([]);
  expect(ofVersions(plan, versionsOf([0.2, 15], [0.6, 500], 'changed'))).toEqual([]);
  expect(ofVersions(plan, undefined)).toEqual([]);
});

test('of nearly everybody there is no fifth more, so no test is reckoned', () => {
  const [better] = ofVersions(plan, versionsOf([0.85, 500], [0.95, 500], 'changed'));
  expect(better?.text).toMatch(
    /How many runs a test needs cannot be told from a rate of none, or of nearly all\.$/,
  );
  expect(better?.numbers).not.toHaveProperty('perArm');
});
