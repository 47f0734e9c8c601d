import { readPath } from '#conditions/read-path';
import { duration, offset } from '#kernel/durations';
import { addCalendar, atTime, parseMoment, sameDayIn, startOfDay, wallClock } from '#kernel/zones';

/** A trigger by a date of the contact, as documents write it. */
export interface DateTrigger {
  /** `contact.renewalDate` */
  date: string;
  offset?: string | undefined;
  at?: string | undefined;
}

/** Names a trigger: the same words are the same appointment, whichever journeys listen. */
export const dateKey = ({ date, offset = '', at = '' }: DateTrigger): string => `${date}|${offset}|${at}`;

/** One time at which a trigger fires for one contact. */
export interface Appointment {
  /** Milliseconds since the epoch. */
  at: number;
  /** The day or moment that it is about: once for each, wherever the contact's clock moves to. */
  of: string;
}

/** Days that come again each year, by the name of their field: "birthday", "dateOfBirth", "weddingAnniversary". */
const yearlyName = /(?:birthday|anniversary|birthdate|dateofbirth|birth_date|date_of_birth)$/i;
export const isYearly = ({ date }: Pick<DateTrigger, 'date'>): boolean => yearlyName.test(date);

const dayMs = 86_400_000;
const dayForm = /^(?:\d{4}|-)-\d{2}-\d{2}/;

const shift = (ms: number, { offset: by, at }: DateTrigger, zone: string): number => {
  const shifted = addCalendar(ms, by === undefined ? duration('0 days') : offset(by), zone);
  return at === undefined ? shifted : atTime(wallClock(shifted, zone).date, at, zone);
};

/** The years whose day may, by the offset, fall due in the year around `now`. */
const yearsAround = (now: number, { offset: by }: DateTrigger, zone: string): number[] => {
  const year = Number(wallClock(now, zone).date.slice(0, 4));
  const days = by === undefined ? 0 : offset(by).days;
  const first = Math.floor(year - days / 365) - 2;
  return Array.from({ length: 6 }, (_, i) => first + i).filter((each) => each > 0 && each < 10_000);
};

const yearly = (value: unknown, trigger: DateTrigger, now: number, zone: string): Appointment[] => {
  if (typeof value !== 'string' || !dayForm.test(value)) return [];
  const day = value.startsWith('-') ? value : (localDay(value, zone) ?? '');
  const born = value.startsWith('-') ? 0 : Number(day.slice(0, 4));
  if (!dayForm.test(day)) return [];
  return yearsAround(now, trigger, zone).flatMap((year) => {
    if (year < born) return [];
    const date = sameDayIn(day, year);
    return [{ at: shift(startOfDay(date, zone), trigger, zone), of: String(year) }];
  });
};

/** A day stands for itself, a moment for the day it has in the zone. */
const localDay = (value: string, zone: string): string | undefined => {
  const moment = parseMoment(value, zone);
  if (!moment) return undefined;
  return moment.wholeDay ? value : wallClock(moment.from, zone).date;
};

const once = (value: unknown, trigger: DateTrigger, zone: string): Appointment[] => {
  const moment = parseMoment(value, zone);
  return moment ? [{ at: shift(moment.from, trigger, zone), of: String(value) }] : [];
};

/**
 * The appointments that a date makes, about those of the year around `now`, in order of time. Days of the
 * offset are calendar days and `at` is the wall clock, both in the contact's zone; without `at` a day
 * counts from its beginning. The 29th of February is kept on the 28th in other years.
 */
export const appointments = (
  trigger: DateTrigger,
  contact: Record<string, unknown>,
  { now, zone }: { now: number; zone: string },
): Appointment[] => {
  const value = readPath({ contact }, trigger.date);
  const found = isYearly(trigger)
    ? safely(() => yearly(value, trigger, now, zone))
    : once(value, trigger, zone);
  return found.sort((a, b) => a.at - b.at);
};

/** "--13-45" has the form of a day and is none. */
const safely = (work: () => Appointment[]): Appointment[] => {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
};

/** Later than this nobody wants to hear of it: what a standstill of days left is not caught up. */
const longestLateMs = 3 * dayMs;

/** What fell due after `from`, up to and with `now`. */
export const dueBetween = (all: readonly Appointment[], from: number, now: number): Appointment[] =>
  all.filter(({ at }) => at > Math.max(from, now - longestLateMs) && at <= now);

export const nextAfter = (all: readonly Appointment[], now: number): number | undefined =>
  all.find(({ at }) => at > now)?.at;
