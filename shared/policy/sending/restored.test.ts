import { expect, test } from 'vitest';
import { isOfLostTime, mayHaveBeenSent } from './restored.ts';

const restored = { from: '2026-03-01T00:00:00.000Z', at: '2026-03-02T00:00:00.000Z' };
const run = (startedAt: string, type = 'track', depth?: number) => ({ startedAt, trigger: { type }, depth });
const at = (iso: string) => Date.parse(iso);

test.each([
  [
    'a run of before, just after the restore',
    run('2026-02-20T00:00:00.000Z'),
    '2026-03-02T00:00:01Z',
    0,
    true,
  ],
  [
    'a run of before that only heard events',
    run('2026-02-20T00:00:00.000Z'),
    '2026-04-02T00:00:00Z',
    0,
    true,
  ],
  ['a run of before that waited a day', run('2026-02-20T00:00:00.000Z'), '2026-03-03T00:00:00Z', 24, true],
  ['a run of before that waited longer', run('2026-02-20T00:00:00.000Z'), '2026-03-03T00:00:00Z', 25, false],
  ['a run of before, two months later', run('2026-02-20T00:00:00.000Z'), '2026-05-02T00:00:00Z', 0, false],
  ['a run that an event since began', run('2026-03-02T01:00:00.000Z'), '2026-03-02T01:00:00Z', 0, false],
  ['a run of a birthday since', run('2026-03-02T01:00:00.000Z', 'date'), '2026-03-02T01:00:00Z', 0, true],
  ['a run of a later birthday', run('2026-03-03T00:00:00.000Z', 'date'), '2026-03-03T00:00:00Z', 0, false],
  ['a run of an enrolment', run('2026-03-02T01:00:00.000Z', 'manual'), '2026-03-02T01:00:00Z', 0, true],
  ['a run that another began', run('2026-03-04T01:00:00.000Z', 'track', 1), '2026-03-04T01:00:00Z', 0, true],
] as const)('%s', (_, begun, now, waitedHours, expected) => {
  const known = { now: at(now), waitedMs: waitedHours * 3_600_000 };
  expect(mayHaveBeenSent(restored, begun, known)).toBe(expected);
  expect(mayHaveBeenSent(undefined, begun, known)).toBe(false);
});

test('what was stored before the restore is of the lost time for ever, and what comes later never', () => {
  expect(isOfLostTime(restored, '2026-02-20T00:00:00.000Z')).toBe(true);
  expect(isOfLostTime(restored, '2026-03-02T00:00:00.001Z')).toBe(false);
  expect(isOfLostTime(undefined, '2026-02-20T00:00:00.000Z')).toBe(false);
});
