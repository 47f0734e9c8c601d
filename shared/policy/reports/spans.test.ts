import { expect, test } from 'vitest';
import { edgeOf, edgesUpTo } from './spans.ts';

test('a length belongs to the shortest edge that holds it, the edge itself included', () => {
  const hour = 3_600_000;
  expect([0, hour, hour + 1, 400 * 24 * hour].map(edgeOf)).toEqual([60, 3_600, 7_200, 365 * 86_400]);
  expect(edgesUpTo(3_600)).toEqual([60, 300, 900, 1_800, 3_600]);
});
