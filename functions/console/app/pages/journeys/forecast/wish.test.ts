import { expect, test } from 'vitest';
import { bodyOf, peopleIn, percentIn, percentText, rateOf, withRate } from './wish.ts';

test('what was not touched is not sent', () => {
  expect(bodyOf({ edition: 'draft', rates: {} })).toEqual({});
  expect(bodyOf({ edition: 3, audience: 5, rates: { over: '2 days' } })).toEqual({
    ...{ version: 3, audience: 5, rates: { over: '2 days' } },
  });
});

test('a rate goes where it belongs, beside the others, and comes out without leaving anything', () => {
  const one = withRate({}, ['steps', 'hello', 'opened'], 0.4);
  const two = withRate(one, ['steps', 'hello', 'clicked'], 0.1);
  expect(two).toEqual({ steps: { hello: { opened: 0.4, clicked: 0.1 } } });
  expect(withRate(two, ['steps', 'hello', 'opened'], undefined)).toEqual({
    steps: { hello: { clicked: 0.1 } },
  });
  expect(withRate(one, ['steps', 'hello', 'opened'], undefined)).toEqual({});
});

test('how soon stays as it was when only how many is told', () => {
  const about = { path: [], kind: 'message', name: 'opened', value: 0.3, source: 'typical' } as const;
  expect(rateOf({ ...about, path: [], median: '6 hours' }, 0.5)).toEqual({ rate: 0.5, median: '6 hours' });
  expect(rateOf({ ...about, path: [], perDay: 2 }, 3)).toEqual({ perDay: 3 });
  expect(rateOf({ ...about, path: [] }, 0.5)).toBe(0.5);
});

test('percent are read as people write them, and refused beyond their bounds', () => {
  expect(['35', ' 0,2 ', '100', '', '-1', '101', 'x'].map(percentIn)).toEqual([
    ...[0.35, 0.002, 1, undefined, undefined, undefined, undefined],
  ]);
  expect([0.35, 0.002, 0.123456].map(percentText)).toEqual(['35', '0.2', '12.346']);
});

test('people are whole and some', () => {
  expect(['1000', '10,000', '0', '', 'many'].map(peopleIn)).toEqual([
    1000,
    10_000,
    undefined,
    undefined,
    undefined,
  ]);
});
