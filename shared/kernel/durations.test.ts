import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeDuration,
  durationMs,
  durationPattern,
  offset,
  offsetPattern,
  parseDuration,
} from './durations.ts';

const hour = 3_600_000;

describe('parseDuration', () => {
  it.each([
    ['2 days', { days: 2, milliseconds: 0 }],
    ['1 day', { days: 1, milliseconds: 0 }],
    ['1 week', { days: 7, milliseconds: 0 }],
    ['90 minutes', { days: 0, milliseconds: 1.5 * hour }],
    ['30 seconds', { days: 0, milliseconds: 30_000 }],
    ['P2D', { days: 2, milliseconds: 0 }],
    ['P1W2D', { days: 9, milliseconds: 0 }],
    ['PT1H30M5S', { days: 0, milliseconds: 1.5 * hour + 5000 }],
    ['P1DT12H', { days: 1, milliseconds: 12 * hour }],
  ])('reads %s', (text, parts) => expect(parseDuration(text)).toEqual(parts));

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P1M',
    'P1Y',
    'P1.5D',
    '2',
    'days',
    '2days',
    '2  days',
    '-2 days',
    '1.5 hours',
    '2 months',
    '1 year',
    '2 Days',
    '2 days ',
    '9999999 days',
    'P1D2W',
  ])('refuses "%s"', (text) => expect(parseDuration(text)).toBeUndefined());

  it('and its pattern agree on any text', () => {
    const parts = fc.constantFrom(
      'P',
      'T',
      '1',
      '20',
      'D',
      'H',
      'M',
      'S',
      'W',
      ' ',
      'day',
      'days',
      'week',
      'minute',
      's',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect(durationPattern.test(text)).toBe(parseDuration(text) !== undefined);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('offset', () => {
  it('carries its sign into both parts', () => {
    expect(offset('-30 days')).toEqual({ days: -30, milliseconds: 0 });
    expect(offset('-PT2H')).toEqual({ days: 0, milliseconds: -2 * hour });
    expect(offset('+1 week')).toEqual({ days: 7, milliseconds: 0 });
  });
  it('has a pattern that takes a sign once', () => {
    expect(offsetPattern.test('-30 days')).toBe(true);
    expect(offsetPattern.test('--30 days')).toBe(false);
  });
});

describe('describeDuration', () => {
  it.each([
    [durationMs('3 days'), '3 days'],
    [1.5 * hour, '1 hour 30 minutes'],
    [25 * hour + 61_000, '1 day 1 hour'],
    [0, '0 seconds'],
  ])('%d is %s', (ms, words) => expect(describeDuration(ms)).toBe(words));
});
