import type { Span } from './durations.ts';

/** Wall clocks, by nothing but what `Intl` says a clock in that zone shows. */

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, calendar: 'iso8601', hourCycle: 'h23', era: 'short' as const },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(zone, made);
  return made;
};

/** Asking `Intl` of a zone takes longer than all the rest of a story. */
const zones = new Map<string, boolean>();
export const isZone = (name: string): boolean => {
  const known = zones.get(name) ?? opens(name);
  zones.set(name, known);
  return known;
};

const opens = (zone: string): boolean => {
  try {
    return formatOf(zone) !== undefined;
  } catch {
    return false;
  }
};

export const wallAt = (ms: number, zone: string): Wall => {
  const parts = formatOf(zone).formatToParts(ms);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return {
    ...{ year: read('year'), month: read('month'), day: read('day') },
    ...{ hour: read('hour'), minute: read('minute'), second: read('second') },
  };
};

/** The wall clock as if it were one of UTC: comparable, and without zones. */
const asUtc = ({ year, month, day, hour, minute, second }: Wall): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

const offsetAt = (ms: number, zone: string): number => asUtc(wallAt(ms, zone)) - (ms - (ms % 1000));
const aDay = 86_400_000;

/**
 * The instants at which the clock shows this: two where it goes back, one mostly. Where it jumps over
 * the time, the moment the same distance after the jump.
 */
const instantsOf = (wall: Wall, zone: string): number[] => {
  const utc = asUtc(wall);
  const before = offsetAt(utc - aDay, zone);
  const after = offsetAt(utc + aDay, zone);
  const shown = [...new Set([utc - before, utc - after])].filter((ms) => offsetAt(ms, zone) === utc - ms);
  return shown.length > 0 ? shown.sort((a, b) => a - b) : [utc - before];
};

const midnight = { hour: 0, minute: 0, second: 0 };
const readTime = (text: string): Pick<Wall, 'hour' | 'minute' | 'second'> => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute, second: 0 };
};

const plusDays = (wall: Wall, days: number): Wall => {
  const moved = new Date(asUtc(wall) + days * aDay);
  const [year, month, day] = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()];
  return { ...wall, year, month, day };
};

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekdayOf = (wall: Wall): string => names[new Date(asUtc(wall)).getUTCDay()]!;

/** The next moment, `ms` included, at which the clock shows the time on one of the days. */
export const nextTime = (ms: number, zone: string, time: string, days?: readonly string[]): number => {
  const today = { ...wallAt(ms, zone), ...readTime(time) };
  for (let ahead = 0; ahead < 10; ahead++) {
    const day = plusDays(today, ahead);
    if (days && !days.includes(weekdayOf(day))) continue;
    const hit = instantsOf(day, zone).find((instant) => instant >= ms);
    if (hit !== undefined) return hit;
  }
  throw new Error('no such time');
};

/** The same clock, some calendar days on, and then the rest of the span as it passes. */
export const addSpan = (ms: number, { days, rest }: Span, zone: string): number =>
  (days === 0 ? ms : instantsOf(plusDays(wallAt(ms, zone), days), zone)[0]! + (ms % 1000)) + rest;

/** The time `at` of the day on which this instant lies. */
export const timeOfDay = (ms: number, at: string, zone: string): number =>
  instantsOf({ ...wallAt(ms, zone), ...readTime(at) }, zone)[0]!;

const inMinutes = ({ hour, minute }: Pick<Wall, 'hour' | 'minute'>): number => hour * 60 + minute;

/** When the quiet ends, if now is a quiet moment. */
export const quietUntil = (
  ms: number,
  { from, to }: { from: string; to: string },
  zone: string,
): number | undefined => {
  const [now, first, last] = [wallAt(ms, zone), readTime(from), readTime(to)].map(inMinutes) as [
    number,
    number,
    number,
  ];
  const isQuiet = first <= last ? first <= now && now < last : first <= now || now < last;
  return isQuiet ? nextTime(ms, zone, to) : undefined;
};

/** A moment, or a day from its first to its last instant. */
export interface Moment {
  from: number;
  last: number;
}

export const readMoment = (value: unknown, zone: string): Moment | undefined => {
  if (typeof value !== 'string') return undefined;
  const form = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(
    value,
  );
  if (!form) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = form
    .slice(1, 7)
    .map((n) => Number(n ?? 0));
  const wall = { year, month, day, hour, minute, second };
  if (asUtc(plusDays(wall, 0)) !== asUtc(wall) || month > 12 || plusDays(wall, 0).day !== day)
    return undefined;
  if (form[4] === undefined)
    return { from: startOfDay(wall, zone), last: startOfDay(plusDays(wall, 1), zone) - 1 };
  const at = form[7] === undefined ? instantsOf(wall, zone)[0]! : Date.parse(value);
  return { from: at, last: at };
};

/** Where midnight is jumped over, the day begins after the jump. */
const startOfDay = (wall: Wall, zone: string): number => instantsOf({ ...wall, ...midnight }, zone)[0]!;
