import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCalendar,
  atTime,
  isWithin,
  isZone,
  nextTime,
  parseMoment,
  startOfDay,
  wallClock,
  weekdays,
} from './zones.ts';

const at = (text: string): number => Date.parse(text);
const berlin = 'Europe/Berlin';
const hour = 3_600_000;
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Beirut',
  'UTC',
];

/** An independent clock: Intl instead of Temporal. */
const clockOf = (ms: number, zone: string): { time: string; weekday: string; date: string } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((p) => p.type === type)!.value;
  return {
    time: `${part('hour')}:${part('minute')}`,
    weekday: part('weekday').toLowerCase(),
    date: `${part('year')}-${part('month')}-${part('day')}`,
  };
};

/** How far the clock went from one instant to another; not the time that passed when it was set. */
const minutesShown = (from: number, to: number, zone: string): number => {
  const [before = 0, after = 0] = [from, to].map((ms) => {
    const [h = 0, m = 0] = clockOf(ms, zone).time.split(':').map(Number);
    return h * 60 + m;
  });
  return (after - before + 24 * 60) % (24 * 60);
};

// After the day that Apia left out, for which no weekday came round.
const instants = fc.integer({ min: at('2012-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
const times = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);

describe('isZone', () => {
  it.each([...zones, 'Asia/Calcutta', 'Etc/GMT+5'])('knows %s', (zone) => expect(isZone(zone)).toBe(true));
  it.each(['', 'Berlin', '+02:00', 'contact', 'Europe/Berln', 'x'.repeat(65), '__proto__'])(
    'refuses "%s"',
    (zone) => expect(isZone(zone)).toBe(false),
  );
});

describe('wallClock', () => {
  it('agrees with Intl at any instant in any zone', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (ms, zone) => {
        expect(wallClock(ms, zone)).toEqual(clockOf(ms, zone));
      }),
    );
  });
});

describe('nextTime', () => {
  it('is never before the instant, at most eight days after, and the clock shows it (or the jump over it)', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        times,
        fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        (ms, zone, time, days) => {
          const next = nextTime(ms, zone, time, days);
          expect(next).toBeGreaterThanOrEqual(ms);
          expect(next - ms).toBeLessThan(8 * 24 * hour + 2 * hour);
          const clock = clockOf(next, zone);
          if (clock.time === time) expect(days).toContain(clock.weekday);
          else expect(minutesShown(next - 2 * hour, next, zone)).not.toBe(120);
        },
      ),
      { numRuns: 1000 },
    );
  });
  it('is now, when the clock shows it now', () => {
    expect(nextTime(at('2026-01-05T08:30:00Z'), berlin, '09:30')).toBe(at('2026-01-05T08:30:00Z'));
    expect(nextTime(at('2026-01-05T08:30:00.001Z'), berlin, '09:30')).toBe(at('2026-01-06T08:30:00Z'));
  });
  it('skips to the next of the days', () => {
    expect(nextTime(at('2026-01-03T12:00:00Z'), berlin, '09:30', ['mon', 'tue'])).toBe(
      at('2026-01-05T08:30:00Z'),
    );
  });
  it('takes a time that is jumped over the same distance after the jump', () => {
    expect(nextTime(at('2026-03-28T12:00:00Z'), berlin, '02:30')).toBe(at('2026-03-29T01:30:00Z'));
    expect(wallClock(at('2026-03-29T01:30:00Z'), berlin).time).toBe('03:30');
  });
  it('takes the first of two, or the second when the first is past', () => {
    expect(nextTime(at('2026-10-24T23:00:00Z'), berlin, '02:30')).toBe(at('2026-10-25T00:30:00Z'));
    expect(nextTime(at('2026-10-25T00:45:00Z'), berlin, '02:30')).toBe(at('2026-10-25T01:30:00Z'));
  });
});

describe('isWithin', () => {
  const night = { from: '21:00', to: '08:00' };
  it.each([
    ['2026-01-05T19:59:00Z', false],
    ['2026-01-05T20:00:00Z', true],
    ['2026-01-06T03:00:00Z', true],
    ['2026-01-06T06:59:59Z', true],
    ['2026-01-06T07:00:00Z', false],
  ])('over midnight in Berlin, %s is %s', (time, inside) =>
    expect(isWithin(at(time), berlin, night)).toBe(inside),
  );
  it('knows a window within a day, and that equal ends are none', () => {
    expect(isWithin(at('2026-01-05T12:00:00Z'), 'UTC', { from: '12:00', to: '13:00' })).toBe(true);
    expect(isWithin(at('2026-01-05T13:00:00Z'), 'UTC', { from: '12:00', to: '13:00' })).toBe(false);
    expect(isWithin(at('2026-01-05T12:00:00Z'), 'UTC', { from: '12:00', to: '12:00' })).toBe(false);
  });
  it('is over at the next time of its end, wherever and whenever', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), times, times, (ms, zone, from, to) => {
        if (from !== to)
          expect(
            isWithin(nextTime(ms, zone, to), zone, { from, to: clockOf(nextTime(ms, zone, to), zone).time }),
          ).toBe(false);
      }),
    );
  });
});

describe('days', () => {
  it('begin where midnight does not exist', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe(at('2018-11-04T03:00:00Z'));
    expect(wallClock(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo').time).toBe('01:00');
  });
  it('have 23 hours when clocks go forward', () => {
    const noon = at('2026-03-28T11:00:00Z');
    expect(addCalendar(noon, { days: 1, milliseconds: 0 }, berlin) - noon).toBe(23 * hour);
    expect(addCalendar(noon, { days: 0, milliseconds: 24 * hour }, berlin) - noon).toBe(24 * hour);
  });
  it('have a time of the clock', () =>
    expect(atTime('2026-07-01', '09:00', berlin)).toBe(at('2026-07-01T07:00:00Z')));
});

describe('parseMoment', () => {
  it('reads a date as the whole day in the zone', () =>
    expect(parseMoment('2026-03-29', berlin)).toEqual({
      from: at('2026-03-28T23:00:00Z'),
      to: at('2026-03-29T22:00:00Z'),
      wholeDay: true,
    }));
  it.each([
    ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z'],
    ['2026-03-01T09:00:00.123+02:00', '2026-03-01T07:00:00.123Z'],
    ['2026-03-01T09:00', '2026-03-01T08:00:00Z'],
    ['2026-03-01 09:00:30', '2026-03-01T08:00:30Z'],
  ])('reads %s', (text, instant) => expect(parseMoment(text, berlin)?.from).toBe(at(instant)));
  it.each([
    '',
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '01.03.2026',
    '2026-03-01T25:00',
    5,
    null,
    undefined,
    {},
    '2026-03-01[Europe/Berlin]',
  ])('is undefined for %s', (value) => expect(parseMoment(value, berlin)).toBeUndefined());
});
