import { expect, test } from 'vitest';
import { moved, since, tripOf } from './breaker.ts';

const bounds = { bounceRate: 0.05, complaintRate: 0.001, atLeast: 100 };

test.each([
  [{ delivered: 94, bounced: 6, complained: 0 }, 'bounce-rate'],
  [{ delivered: 95, bounced: 5, complained: 0 }, undefined],
  [{ delivered: 20, bounced: 20, complained: 20 }, undefined],
  [{ delivered: 2_000, bounced: 0, complained: 3 }, 'complaint-rate'],
  [{ delivered: 3_000, bounced: 0, complained: 3 }, undefined],
  [{ delivered: 100, bounced: 0, complained: 2 }, undefined],
] as const)('%o: %s', (tally, trip) => {
  expect(tripOf(tally, bounds)).toBe(trip);
});

test('the window is the last one to two days, so that an old journey cannot hide a bad one', () => {
  const now = Date.parse('2026-03-02T10:00:00Z');
  const old = { delivered: 1_000_000, bounced: 10, complained: 0 };
  const today = { delivered: 1_000_090, bounced: 40, complained: 0 };
  const first = moved(undefined, old, now);
  const second = moved(first, old, now + 86_400_000);
  expect(second.former).toEqual(old);
  expect(moved(second, today, now + 90_000_000)).toBe(second);
  expect(tripOf(since(today, second.former), bounds)).toBe('bounce-rate');
});
