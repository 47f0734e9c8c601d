import { offset, offsetPattern, toMilliseconds } from '#kernel/durations';
import { addCalendar, atTime, parseMoment, wallClock } from '#kernel/zones';

/** Times as expectations write them. */
export interface TimeFrame {
  /** Milliseconds since the epoch. */
  start: number;
  /** IANA zone by whose clock times without an offset are read. */
  zone: string;
}

const calendarForm = /^\+(\d{1,3}) days? ((?:[01]\d|2[0-3]):[0-5]\d)$/;

export const isExpectedTime = (text: string): boolean =>
  calendarForm.test(text) ||
  (/^[+-]/.test(text) ? offsetPattern.test(text) : parseMoment(text, 'UTC') !== undefined);

const minute = 60_000;

/** The instants that a written time allows, `to` excluded: it is right to the minute, or a whole day. */
const allowed = (text: string, frame: TimeFrame): { from: number; to: number } => {
  const at = instantOf(text, frame);
  if (at !== undefined) return { from: at - minute + 1, to: at + minute };
  const { from, to } = parseMoment(text, frame.zone)!;
  return { from, to };
};

/** `undefined` for a whole day. */
const instantOf = (text: string, { start, zone }: TimeFrame): number | undefined => {
  const calendar = calendarForm.exec(text);
  if (calendar) return onDay(Number(calendar[1]), calendar[2]!, { start, zone });
  if (/^[+-]/.test(text)) return start + toMilliseconds(offset(text));
  const moment = parseMoment(text, zone)!;
  return moment.wholeDay ? undefined : moment.from;
};

const onDay = (days: number, time: string, { start, zone }: TimeFrame): number =>
  atTime(wallClock(addCalendar(start, { days, milliseconds: 0 }, zone), zone).date, time, zone);

export const isAt = (text: string, at: number, frame: TimeFrame): boolean => {
  const { from, to } = allowed(text, frame);
  return from <= at && at < to;
};

const day = 86_400_000;

/** `+2 days 09:30`; an instant where the clock shows the same time twice. */
export const writeTime = (at: number, frame: TimeFrame): string => {
  const { date, time } = wallClock(at, frame.zone);
  const since = Date.parse(date) - Date.parse(wallClock(frame.start, frame.zone).date);
  const days = Math.round(since / day);
  const text = `+${days} day${days === 1 ? '' : 's'} ${time}`;
  return days >= 0 && days <= 999 && isAt(text, at, frame)
    ? text
    : `${new Date(at).toISOString().slice(0, 19)}Z`;
};

/** `Wed 4 Mar 09:30`, by the clock of the zone. */
export const tellTime = (at: number, { zone }: Pick<TimeFrame, 'zone'>): string => {
  const { date, time, weekday } = wallClock(at, zone);
  const [, month = '1', dayOfMonth = '1'] = date.split('-');
  const name = `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`;
  return `${name} ${Number(dayOfMonth)} ${months[Number(month) - 1]} ${time}`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
