import { expect, test } from 'vitest';
import {
  chooseLane,
  isBusy,
  laneMember,
  laneOf,
  rateNow,
  type SendPace,
  slotMs,
  slowed,
} from './send-pace.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const paced = slowed(undefined, 14, now);
const run = (members: object = {}) => ({
  trigger: { id: 'e1', event: 'Signed Up', type: 'track', properties: {} },
  startedAt: '2026-03-02T09:59:00Z',
  ...members,
});

/** As the store does it, one after the other. */
const take = (pace: SendPace, wants: 'fresh' | 'bulk', at: number): [SendPace, number] => {
  const lane = chooseLane(pace, wants, at);
  const slot = Math.max(at, pace[laneMember[lane]]);
  return [{ ...pace, [laneMember[lane]]: slot + slotMs(pace, lane, at) }, slot];
};

test('who came just now is fresh; whole segments, dates and old runs are not', () => {
  const asked = { class: 'marketing', now } as const;
  expect(laneOf(run(), asked)).toBe('fresh');
  expect(laneOf(run({ startedAt: '2026-03-01T09:59:00Z' }), asked)).toBe('bulk');
  expect(laneOf(run({ trigger: { ...run().trigger, id: 'enroll-abc', type: 'manual' } }), asked)).toBe(
    'bulk',
  );
  expect(laneOf(run({ trigger: { ...run().trigger, type: 'date' } }), asked)).toBe('bulk');
  expect(laneOf(run({ startedAt: '2026-01-01T00:00:00Z' }), { ...asked, class: 'transactional' })).toBe(
    'fresh',
  );
});

test('the first mail of a lead is not behind a blast of 100,000', () => {
  let pace = paced;
  let last = 0;
  for (let i = 0; i < 100_000; i++) [pace, last] = take(pace, 'bulk', now);
  expect((last - now) / 1000).toBeGreaterThan(100_000 / 14);
  const [, lead] = take(pace, 'fresh', now + 5_000);
  expect(lead - now - 5_000).toBeLessThan(1_000);
});

test('both lanes together stay under the rate', () => {
  let pace = paced;
  const slots: number[] = [];
  for (let i = 0; i < 2_000; i++) {
    const at = now + i * 20;
    let slot: number;
    [pace, slot] = take(pace, i % 3 === 0 ? 'fresh' : 'bulk', at);
    slots.push(Math.floor((slot - now) / 10_000));
  }
  const each = Map.groupBy(slots, (second) => second);
  expect(Math.max(...[...each.values()].map((mails) => mails.length))).toBeLessThanOrEqual(10 * 14 + 3);
});

test('each refusal takes a fifth off, and a minute brings it back', () => {
  const twice = slowed(paced, 14, now + 1_000);
  expect(rateNow(twice, now + 1_000)).toBeCloseTo(11.2);
  expect(rateNow(twice, now + 61_000)).toBe(14);
  expect(rateNow(slowed(twice, 1, now + 2_000), now + 2_000)).toBeCloseTo(0.8);
});

test('is over when nobody waits and SES refused nothing for a while', () => {
  expect(isBusy(paced, now + 1_000)).toBe(true);
  expect(isBusy(paced, now + 6 * 60_000)).toBe(false);
  expect(isBusy({ ...paced, bulkAt: now + 3_600_000 }, now + 6 * 60_000)).toBe(true);
});
