import { expect, test } from 'vitest';
import { conditionIn, sizeText } from './size-text.ts';

test('there is something to ask once a condition can be read', () => {
  expect(conditionIn({ name: 'x', if: { tag: 'a' } })).toBe('{"tag":"a"}');
  expect([undefined, null, 'x', {}, { if: null }, { if: 'tag' }].map(conditionIn)).toEqual(
    Array(6).fill(undefined),
  );
});

const of = { contacts: 100_000, at: '2026-03-01T08:00:00Z' };

test('a count of everybody is a count', () => {
  const members = { expected: 3, low: 3, high: 3 };
  expect(sizeText({ ...of, members, contacts: 40, looked: 40, method: 'all' })).toEqual({
    value: '3 contacts',
    more: '7.5 % of 40; everybody was asked.',
  });
});

test('what was asked of some is "about", with its interval and of whom', () => {
  const members = { expected: 12_345, low: 10_444, high: 14_555 };
  expect(sizeText({ ...of, members, looked: 1_000, method: 'sample' })).toEqual({
    value: 'about 12,000',
    more: 'Between 10,000 and 15,000, with 95 % confidence. 1,000 of about 100,000 contacts, drawn by lot, were asked.',
  });
});

test('nobody in the sample is not nobody', () => {
  const members = { expected: 0, low: 0, high: 383 };
  expect(sizeText({ ...of, members, looked: 1_000, method: 'sample' }).value).toBe('at most 380');
});
