import { iso } from '#kernel/clock';
import { nextTime, type Weekday, wallClock } from '#kernel/zones';
import type { ReportSettings } from '#model/report-settings';
import { addDays } from '#policy/reports/calendar';

const dayMs = 86_400_000;

export interface Due {
  /** When it fell due (ISO). */
  at: string;
  /** The day on which it is sent: one mail a person for each. */
  week: string;
  /** The seven days before it. */
  from: string;
  to: string;
}

const next = ({ day, at }: ReportSettings['mail'], timezone: string, ms: number): number =>
  nextTime(ms, timezone, at, [day.slice(0, 3) as Weekday]);

/** The mail whose time came within the last day: nobody wants Monday's figures on Thursday. */
export const dueMail = (mail: ReportSettings['mail'], timezone: string, now: number): Due | undefined => {
  const due = next(mail, timezone, now - dayMs + 1);
  if (due > now) return undefined;
  const { date } = wallClock(due, timezone);
  return { at: iso(due), week: date, from: addDays(date, -7), to: addDays(date, -1) };
};

/** When the next one is due (milliseconds). */
export const nextMail = (mail: ReportSettings['mail'], timezone: string, now: number): number =>
  next(mail, timezone, now + 1);
