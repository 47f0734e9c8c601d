import { describe, expect, it } from 'vitest';
import { factsOf } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { WaitStep } from './schema.ts';

type Until = Extract<NonNullable<WaitStep['until']>, { time: string }>;
const minute = 60_000;

/** A clock on the wall, read minute by minute through Intl: knows nothing of how the product reckons. */
const reader = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    },
  });
  return (ms: number) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return {
      day: String(parts.day),
      weekday: String(parts.weekday).toLowerCase(),
      minutes: Number(parts.hour) * 60 + Number(parts.minute),
    };
  };
};

/** Waits like a person who looks at the clock each minute, and knows by how much it was put forward. */
const byHand = (from: number, zone: string, { time, days }: Until): number => {
  const read = reader(zone);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const target = hours * 60 + minutes;
  const isMeant = (weekday: string): boolean => !days || days.includes(weekday as never);
  // A time that was left out counts for a while after the clock was put forward.
  const first = Math.ceil(from / minute) * minute - 180 * minute;
  let before = read(first - minute);
  for (let at = first; at < first + 9 * 1440 * minute; at += minute) {
    const now = read(at);
    const shown = now.day === before.day ? before.minutes + 1 : 0;
    const isLeftOut = shown <= target && target < now.minutes;
    const hit = now.minutes === target ? at : isLeftOut ? at + (target - shown) * minute : 0;
    if (hit >= from && isMeant(now.weekday)) return hit;
    before = now;
  }
  throw new Error('never');
};

const waitUntil = (now: number, zone: string, until: Until, before?: number): number => {
  const facts = factsOf({ now, zone, waitedUntil: () => before });
  const [effect] = run({ id: 'w', type: 'wait', until }, facts);
  return effect?.kind === 'wait' ? effect.until : Number.NaN;
};

describe('until a time of the day', () => {
  it.each<[string, string, string, Until, string]>([
    ['an ordinary day', 'Europe/Berlin', '2026-03-02T10:00:00Z', { time: '09:30' }, '2026-03-03T08:30:00Z'],
    [
      'summer time begins, before it',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      { time: '09:30' },
      '2026-03-29T07:30:00Z',
    ],
    [
      'the hour that is left out',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      { time: '02:30' },
      '2026-03-29T01:30:00Z',
    ],
    [
      'the first minute of it',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      { time: '02:00' },
      '2026-03-29T01:00:00Z',
    ],
    [
      'the minute after it',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      { time: '03:00' },
      '2026-03-29T01:00:00Z',
    ],
    [
      'the hour that comes twice, the first',
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      { time: '02:30' },
      '2026-10-25T00:30:00Z',
    ],
    [
      'the hour that comes twice, between both',
      'Europe/Berlin',
      '2026-10-25T00:45:00Z',
      { time: '02:30' },
      '2026-10-25T01:30:00Z',
    ],
    [
      'the hour that comes twice, after both',
      'Europe/Berlin',
      '2026-10-25T01:45:00Z',
      { time: '02:30' },
      '2026-10-26T01:30:00Z',
    ],
    [
      'New York, a Sunday of spring',
      'America/New_York',
      '2026-03-08T05:00:00Z',
      { time: '02:30' },
      '2026-03-08T07:30:00Z',
    ],
    [
      'a shift of half an hour, left out',
      'Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      { time: '02:15' },
      '2026-10-03T15:45:00Z',
    ],
    [
      'a shift of half an hour, twice',
      'Australia/Lord_Howe',
      '2026-04-04T14:50:00Z',
      { time: '01:45' },
      '2026-04-04T15:15:00Z',
    ],
    ['half an hour off', 'Asia/Kolkata', '2026-06-01T00:00:00Z', { time: '09:00' }, '2026-06-01T03:30:00Z'],
    [
      'three quarters of an hour off',
      'Asia/Kathmandu',
      '2026-06-01T00:00:00Z',
      { time: '09:00' },
      '2026-06-01T03:15:00Z',
    ],
    [
      'three quarters, with summer time',
      'Pacific/Chatham',
      '2026-09-26T12:00:00Z',
      { time: '03:00' },
      '2026-09-26T14:15:00Z',
    ],
    [
      'a midnight that does not exist',
      'Asia/Beirut',
      '2026-03-28T12:00:00Z',
      { time: '00:00' },
      '2026-03-28T22:00:00Z',
    ],
    [
      'half past a midnight that does not exist',
      'Asia/Beirut',
      '2026-03-28T12:00:00Z',
      { time: '00:30' },
      '2026-03-28T22:30:00Z',
    ],
    [
      'a midnight that does not exist, in the south',
      'America/Santiago',
      '2026-09-05T12:00:00Z',
      { time: '00:15' },
      '2026-09-06T04:15:00Z',
    ],
    [
      'a day that does not exist',
      'Pacific/Apia',
      '2011-12-29T20:00:00Z',
      { time: '09:00' },
      '2011-12-30T19:00:00Z',
    ],
    [
      'summer time that pauses',
      'Africa/Casablanca',
      '2026-02-14T12:00:00Z',
      { time: '02:30' },
      '2026-02-15T01:30:00Z',
    ],
    [
      'a Sunday whose clocks change',
      'Europe/Berlin',
      '2026-03-23T12:00:00Z',
      { time: '02:30', days: ['sun'] },
      '2026-03-29T01:30:00Z',
    ],
    [
      'a weekday, reached on it and too late',
      'Europe/Berlin',
      '2026-03-02T10:00:00Z',
      { time: '09:30', days: ['mon'] },
      '2026-03-09T08:30:00Z',
    ],
    [
      'office hours, on a Friday evening',
      'America/New_York',
      '2026-03-06T23:00:00Z',
      { time: '09:30', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      '2026-03-09T13:30:00Z',
    ],
    ['the very minute', 'Europe/Berlin', '2026-03-02T08:30:00Z', { time: '09:30' }, '2026-03-02T08:30:00Z'],
  ])('%s', (_, zone, from, until, expected) => {
    const now = Date.parse(from);
    expect(new Date(waitUntil(now, zone, until)).toISOString()).toBe(new Date(expected).toISOString());
    if (zone !== 'Pacific/Apia') expect(byHand(now, zone, until)).toBe(Date.parse(expected));
  });

  it('agrees with somebody who looks at the clock, around each change of it', () => {
    const changes: [string, string][] = [
      ['Europe/Berlin', '2026-03-29'],
      ['Europe/Berlin', '2026-10-25'],
      ['America/New_York', '2026-11-01'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Asia/Beirut', '2026-03-29'],
      ['America/Santiago', '2026-09-06'],
      ['Africa/Casablanca', '2026-03-22'],
      ['Asia/Kolkata', '2026-03-29'],
    ];
    for (const [zone, day] of changes)
      for (const hours of [-20, -3, -1, 0, 1, 2.5])
        for (const time of ['00:00', '00:30', '01:45', '02:15', '02:30', '03:00', '23:59']) {
          const now = Date.parse(`${day}T00:00:00Z`) + hours * 60 * minute;
          const until = waitUntil(now, zone, { time });
          expect(until, `${zone} ${new Date(now).toISOString()} until ${time}`).toBe(
            byHand(now, zone, { time }),
          );
        }
  });

  it('does not wait twice for one moment: a loop goes on with the next day', () => {
    const now = Date.parse('2026-03-02T08:30:00Z');
    expect(waitUntil(now, 'Europe/Berlin', { time: '09:30' }, now)).toBe(Date.parse('2026-03-03T08:30:00Z'));
  });

  it('takes the same time a day after the last round', () => {
    const now = Date.parse('2026-03-03T08:30:00Z');
    const before = Date.parse('2026-03-02T08:30:00Z');
    expect(waitUntil(now, 'Europe/Berlin', { time: '09:30' }, before)).toBe(now);
  });
});
