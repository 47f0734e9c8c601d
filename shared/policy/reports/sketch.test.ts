import { expect, test } from 'vitest';
import { bucketOf, quantileOf, relativeError } from './sketch.ts';

/** A fixed sequence that looks like chance. */
const durations = Array.from({ length: 5_000 }, (_, i) => 1_000 + ((i * 2_654_435_761) % 2_592_000_000));

test.each([0.01, 0.5, 0.9, 0.999])('the quantile %d is within the error that it states', (q) => {
  const counts = new Map<number, number>();
  for (const ms of durations) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
  const exact = durations.toSorted((a, b) => a - b)[Math.floor(q * (durations.length - 1))]!;
  expect(Math.abs(quantileOf(counts, q)! / exact - 1)).toBeLessThanOrEqual(relativeError + 1e-9);
});

test('nothing has no quantile, and what took no time took a second at most', () => {
  expect(quantileOf(new Map(), 0.5)).toBeUndefined();
  expect(quantileOf(new Map([[bucketOf(0), 3]]), 0.5)).toBe(1_000);
});
