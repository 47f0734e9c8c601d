import { expect, test } from 'vitest';
import type { Overview } from '#functions/reports/figures/overview';
import { tellHeld } from '#policy/sending/held';
import { isHeard, kpiText, queryOf, tilesOf, valuesOf, vitalsOf } from './shape.ts';

const messages = {
  ...{ messages: 120, sent: 100, delivered: 95, opened: 40, clicked: 9, bounced: 3, complained: 0 },
  ...{ unsubscribed: 0, skipped: 20, failed: 0, indeterminate: 0 },
};
const figures = {
  leads: 12,
  events: 90,
  entered: 30,
  conversions: 4,
  value: 80,
  orders: 0,
  revenue: 0,
  messages,
};
const rate = (count: number, of: number) => ({
  count,
  of,
  value: of === 0 ? null : count / of,
  low: 0,
  high: 1,
});
const overview = (health: Partial<Overview['health']> = {}): Overview => ({
  range: { from: '2026-03-01', to: '2026-03-02', timezone: 'Europe/Berlin' },
  ...{ currency: 'EUR', totals: figures, channels: { email: messages }, active: 7 },
  days: [
    { day: '2026-03-01', ...figures },
    { day: '2026-03-02', ...figures, leads: 3 },
  ],
  health: {
    ...{ bounces: rate(0, 100), complaints: rate(0, 100), indeterminate: 0, quarantined: 0, lagSeconds: 0 },
    held: [],
    ...health,
  },
});
const tone = (health: Partial<Overview['health']>, i: number) => vitalsOf(overview(health))[i]?.tone;

test('each day has its value, messages those that were sent', () => {
  expect(valuesOf(overview(), 'leads').map(({ value }) => value)).toEqual([12, 3]);
  expect(valuesOf(overview(), 'sent')[0]).toEqual({ day: '2026-03-01', value: 100 });
});

test('tiles leave out what does not exist, and say of how many messages some were sent', () => {
  const tiles = tilesOf(overview());
  expect(tiles.map(({ name }) => name)).not.toContain('Revenue of orders');
  expect(tiles.find(({ name }) => name === 'Messages sent')?.more).toBe('100 of 120');
  expect(tiles.find(({ name }) => name === 'Goals reached')?.more).toBe('Worth of goals: 80 EUR');
});

test('what nobody tells of a channel is no nought', () => {
  expect([isHeard('team', 0), isHeard('team', 1), isHeard('email', 0)]).toEqual([false, true, true]);
});

test('bounces and complaints are judged by the limits of SES', () => {
  expect([tone({ bounces: rate(1, 100) }, 0), tone({ bounces: rate(4, 100) }, 0)]).toEqual(['good', 'warn']);
  expect(tone({ bounces: rate(12, 100) }, 0)).toBe('bad');
  expect(tone({ complaints: rate(1, 150) }, 1)).toBe('bad');
  expect(tone({ complaints: rate(0, 0) }, 1)).toBe('good');
  expect([tone({ lagSeconds: 90 }, 4), tone({ lagSeconds: 900 }, 4)]).toEqual(['warn', 'bad']);
});

test('what is held back is told with its reason, and as loudly as somebody must act', () => {
  const counts = new Map([
    ['quiet-hours', 2],
    ['paused-sms', 5],
    ['daily-quota', 9],
    ['answer-503', 1],
    ['pace', -1],
  ]);
  const held = vitalsOf(overview({ held: tellHeld(counts) })).slice(5);
  expect(held.map(({ value, tone }) => `${value} ${tone}`)).toEqual(['9 bad', '5 warn', '2 good', '1 good']);
  expect(held[0]?.more).toMatch(/^9 runs held because .* quota of SES is used up: they go tomorrow/);
  expect(held[1]?.more).toContain('sending by sms is paused');
  expect(vitalsOf(overview()).at(-1)).toMatchObject({ name: 'Held back', value: 'none', tone: 'good' });
});

test('the usual range is the API’s own', () => {
  expect(queryOf(30, '2026-03-10')).toBe('');
  expect(queryOf(7, '2026-03-10')).toBe('?from=2026-03-04&to=2026-03-10');
});

test('a key figure has its unit, and none where not enough is known', () => {
  expect(kpiText({ unit: 'share', value: 0.125 })).toBe('12.5 %');
  expect(kpiText({ unit: 'money', value: 12.5 }, 'EUR')).toBe('12.5 EUR');
  expect(kpiText({ unit: 'seconds', value: 3 * 86_400 })).toBe('3 days');
  expect(kpiText({ unit: 'seconds', value: 4_560 })).toBe('1 hour 16 minutes');
  expect(kpiText({ unit: 'points', value: null })).toBeUndefined();
});
