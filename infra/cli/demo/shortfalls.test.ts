import { expect, test } from 'vitest';
import { type Report, reportSchema } from '#functions/reports/read-report/report';
import { shortfalls } from './shortfalls.ts';

const step = {
  ...{ id: 'mail', type: 'email', name: 'Mail', entered: 2, waiting: 0, sent: 2, delivered: 2, opened: 0 },
  ...{ clicked: 0, bounced: 0, complained: 0, converted: 0, exited: 0, indeterminate: 0 },
  ...{ held: {}, skipped: { suppressed: 1 }, failed: {}, answers: [] },
};
const good: Report = reportSchema.parse({
  ...{ journey: 'j', versions: [1], entered: 2, refused: {}, active: 0, ended: { completed: 1, goal: 1 } },
  ...{ converted: 1, value: 0, steps: [step], leaves: [{ id: 'end', count: 2 }] },
});

test('a demo in which all of it happened has none; a skip with its reason is no fault', () => {
  expect(shortfalls(good)).toEqual([]);
});

test.each<[string, Partial<Report>, RegExp]>([
  ['a leaf that nobody reached', { leaves: [{ id: 'a/b', count: 0 }] }, /leaf a\/b/],
  ['a run that goes on', { active: 1, ended: { completed: 1 } }, /2 runs began and 1 ended/],
  ['a run that failed', { ended: { completed: 1, failed: 1 } }, /1 runs failed/],
  ['a message that failed', { steps: [{ ...step, failed: { throttled: 1 } }] }, /mail failed: throttled/],
  ['a message of unknown fate', { steps: [{ ...step, indeterminate: 1 }] }, /unknown fate/],
])('finds %s', (_, change, told) => {
  expect(shortfalls({ ...good, ...change })).toEqual([expect.stringMatching(told)]);
});
