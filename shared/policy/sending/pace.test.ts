import { expect, test } from 'vitest';
import { enrolmentsPerSecond, portionOf, startsPerSecond } from './pace.ts';

test.each([1, 7, 59, 60, 61, 100, 600, 12_000])(
  '%i a minute is never exceeded, and nearly reached',
  (perMinute) => {
    const { size, everyMs } = portionOf(perMinute);
    const made = (size * 60_000) / everyMs;
    expect(made).toBeLessThanOrEqual(perMinute);
    expect(made).toBeGreaterThan(perMinute / 2);
  },
);

test('a whole segment leaves a third of the starts of every Region to others', () => {
  for (const region of ['us-east-1', 'eu-central-1'])
    expect(enrolmentsPerSecond(region)).toBeLessThanOrEqual((2 / 3) * startsPerSecond(region));
  expect(startsPerSecond('eu-central-1')).toBe(150);
});
