import { expect, test } from 'vitest';
import { createSettled } from './settled.ts';

const counts = (n: number) => new Map([['w|heardIn|3600', n]]);
const settled = createSettled({
  counts: new Map([
    [1, counts(50)],
    [2, counts(30)],
  ]),
  recent: [
    { day: '2026-03-07', version: 2, counts: counts(4) },
    { day: '2026-03-08', version: 2, counts: counts(5) },
    { day: '2026-03-10', version: 2, counts: counts(6) },
  ],
  today: '2026-03-10',
});
const sum = (days: number, versions: number[]) => settled(days, versions).get('w|heardIn|3600');

test('a wait of two days that began the day before yesterday, or later, may not be over', () => {
  expect(sum(2, [2])).toBe(30 - 5 - 6);
  expect(sum(3, [2])).toBe(30 - 4 - 5 - 6);
});

test('only the versions that are asked for count, also among the late ones', () => {
  expect([sum(2, [1]), sum(2, [1, 2]), sum(2, [])]).toEqual([50, 69, undefined]);
});
