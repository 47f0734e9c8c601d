import { describe, expect, it } from 'vitest';
import { isAt, isExpectedTime, writeTime } from './times.ts';

const berlin = { start: Date.parse('2026-03-27T09:00:00Z'), zone: 'Europe/Berlin' };

describe('the time of an expectation', () => {
  it.each([
    ['+2 days 10:00', '2026-03-29T08:00:00Z'],
    ['+0 days 10:00', '2026-03-27T09:00:59Z'],
    ['+48 hours', '2026-03-29T09:00:00Z'],
    ['+2 days', '2026-03-29T09:00:00Z'],
    ['2026-03-29 10:00', '2026-03-29T08:00:30Z'],
    ['2026-03-29T10:00:00+02:00', '2026-03-29T08:00:00Z'],
    ['2026-03-29', '2026-03-28T23:00:00Z'],
    ['2026-03-29', '2026-03-29T21:59:59Z'],
  ])('%s is %s, also over the change to summer time', (text, at) => {
    expect(isAt(text, Date.parse(at), berlin)).toBe(true);
  });

  it.each([
    ['+2 days 10:00', '2026-03-29T09:00:00Z'],
    ['+2 days 10:00', '2026-03-29T08:01:00Z'],
    ['+2 days', '2026-03-29T08:00:00Z'],
    ['2026-03-29', '2026-03-29T22:00:00Z'],
  ])('%s is not %s', (text, at) => {
    expect(isAt(text, Date.parse(at), berlin)).toBe(false);
  });

  it('is written so that it is read as the same', () => {
    for (let hours = 0; hours < 24 * 10; hours += 7) {
      const at = berlin.start + hours * 3_600_000 + 42_000;
      expect(isAt(writeTime(at, berlin), at, berlin)).toBe(true);
    }
    expect(writeTime(Date.parse('2026-03-29T08:00:00Z'), berlin)).toBe('+2 days 10:00');
  });

  it('is an instant where the clock shows the same time twice', () => {
    const autumn = { start: Date.parse('2026-10-24T09:00:00Z'), zone: 'Europe/Berlin' };
    expect(writeTime(Date.parse('2026-10-25T01:30:00Z'), autumn)).toBe('2026-10-25T01:30:00Z');
  });

  it.each(['tomorrow', '+2 moons', '+2 days 25:00', '09:30', ''])('refuses %j', (text) => {
    expect(isExpectedTime(text)).toBe(false);
  });
});
