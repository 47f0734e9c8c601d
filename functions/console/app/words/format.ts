import { words } from './words.ts';

const whole = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(words.locale, { notation: 'compact', maximumFractionDigits: 1 });
const money = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });

export const number = (value: number): string => whole.format(value);
/** `12.3K`, where there is little room. */
export const compact = (value: number): string =>
  Math.abs(value) < 10_000 ? number(value) : short.format(value);
/** In the client's own unit, which the API does not know. */
export const amount = (value: number): string => money.format(value);

/** `12.5 %`; a dash where there is nothing to divide by. */
export const percent = (part: number, of: number, digits = 1): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(digits).replace(/\.0$/, '')} %`;

const dateOf = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(words.dates, options);
const day = dateOf({ day: 'numeric', month: 'short', year: 'numeric' });
const dayAndTime = dateOf({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** Where the reader is. */
export const date = (iso: string): string => day.format(Date.parse(iso));
export const dateTime = (iso: string): string => dayAndTime.format(Date.parse(iso));

const clock = dateOf({ hour: '2-digit', minute: '2-digit' });
export const time = (iso: string): string => clock.format(Date.parse(iso));

const monthAndDay = new Intl.DateTimeFormat(words.dates, { day: 'numeric', month: 'short', timeZone: 'UTC' });
/** Of `2026-11-22`, a day of a calendar and no instant. */
export const shortDay = (day: string): string => monthAndDay.format(Date.parse(`${day}T00:00:00Z`));
