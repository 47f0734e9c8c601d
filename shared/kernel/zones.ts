import { Temporal } from 'temporal-polyfill';
import type { Duration } from './durations.ts';

/** Wall clocks by IANA zone. Pure: instants come in and go out as milliseconds since the epoch. */

/** Monday first, as ISO 8601 counts. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const known = new Map<string, boolean>();
const tryZone = (name: string): boolean => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};
/** Is it a name of the IANA list? Offsets such as "+02:00" are not: they know no summer time. */
export const isZone = (name: string): boolean => {
  if (name.length > 64) return false;
  const seen = known.get(name);
  if (seen !== undefined) return seen;
  const found = tryZone(name);
  // Names come from websites: the memory of them stays small.
  if (known.size < 1000) known.set(name, found);
  return found;
};

const zoned = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

/** What a clock on the wall shows. */
export interface WallClock {
  /** `2026-03-29` */
  date: string;
  /** `08:05` */
  time: string;
  weekday: Weekday;
}
const two = (n: number): string => String(n).padStart(2, '0');
export const wallClock = (ms: number, zone: string): WallClock => {
  const at = zoned(ms, zone);
  return {
    date: at.toPlainDate().toString(),
    time: `${two(at.hour)}:${two(at.minute)}`,
    weekday: weekdays[at.dayOfWeek - 1]!,
  };
};

/**
 * Both instants at which the wall clock shows `time` on that day: two when clocks go back, else one.
 * A time that is jumped over counts as the moment the same distance after the jump.
 */
const instantsOf = (day: Temporal.PlainDate, time: string, zone: string): number[] => {
  const wall = day.toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
  const last = wall.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
  return first === last ? [first] : [first, last];
};

/** A whole year of weekdays without one match cannot be: eight days hold each weekday. */
const furthestDay = 8;

/** The first instant, `ms` included, at which the wall clock shows `time` ("09:30") on one of `days` (any, when left out). */
export const nextTime = (ms: number, zone: string, time: string, days?: readonly Weekday[]): number => {
  const today = zoned(ms, zone).toPlainDate();
  for (let ahead = 0; ahead <= furthestDay; ahead++) {
    const day = today.add({ days: ahead });
    if (days && !days.includes(weekdays[day.dayOfWeek - 1]!)) continue;
    const hit = instantsOf(day, time, zone).find((instant) => instant >= ms);
    if (hit !== undefined) return hit;
  }
  throw new Error(`no day of ${days?.join(', ')} has the time ${time}`);
};

/** Is the wall clock in [from, to)? A window may go over midnight: "21:00" to "08:00". Equal ends are no window. */
export const isWithin = (ms: number, zone: string, window: { from: string; to: string }): boolean => {
  const { time } = wallClock(ms, zone);
  return window.from <= window.to
    ? window.from <= time && time < window.to
    : window.from <= time || time < window.to;
};

/** The first instant of a local day, also where midnight does not exist. `date`: "2026-03-29". */
export const startOfDay = (date: string, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).startOfDay().epochMilliseconds;

/** The instant at which the wall clock shows `time` on `date`; the first of two. */
export const atTime = (date: string, time: string, zone: string): number =>
  instantsOf(Temporal.PlainDate.from(date), time, zone)[0]!;

/** The same day in another year, "2026-02-28" for "2024-02-29" where there is none. Takes "--02-29" too; throws a RangeError for no day at all. */
export const sameDayIn = (date: string, year: number): string =>
  Temporal.PlainMonthDay.from(`--${date.slice(-5)}`)
    .toPlainDate({ year })
    .toString();

/** Calendar days in the zone first, exact time after. */
export const addCalendar = (ms: number, { days, milliseconds }: Duration, zone: string): number =>
  (days === 0 ? ms : zoned(ms, zone).add({ days }).epochMilliseconds) + milliseconds;

/** A stretch of time, `to` excluded; for an exact moment both are the same. */
export interface Moment {
  from: number;
  to: number;
  /** It was written as a day, without a time. */
  wholeDay: boolean;
}

/** The last millisecond that belongs to it. */
export const lastInstant = ({ from, to }: Moment): number => Math.max(from, to - 1);

const dateForm = /^\d{4}-\d{2}-\d{2}$/;
const dateTimeForm = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

const wholeDay = (text: string, zone: string): Moment => {
  const next = Temporal.PlainDate.from(text).add({ days: 1 }).toString();
  return { from: startOfDay(text, zone), to: startOfDay(next, zone), wholeDay: true };
};
const exactMoment = (text: string, hasOffset: boolean, zone: string): Moment => {
  const at = hasOffset
    ? Temporal.Instant.from(text).epochMilliseconds
    : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  return { from: at, to: at, wholeDay: false };
};

/**
 * Reads an ISO 8601 date or date and time; without an offset it is the wall clock of the zone.
 * `undefined` for anything else.
 */
export const parseMoment = (value: unknown, zone: string): Moment | undefined => {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  try {
    if (dateForm.test(value)) return wholeDay(value, zone);
    const form = dateTimeForm.exec(value);
    return form ? exactMoment(value, form[1] !== undefined, zone) : undefined;
  } catch {
    return undefined;
  }
};
