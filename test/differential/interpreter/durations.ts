/** Durations as the language page writes them: `"2 days"`, `"90 minutes"`, `"1 week"`, `"P1DT2H"`. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const units: Record<string, number> = { second, minute, hour, day, week: 7 * day };

export interface Span {
  /** Whole days, which a wall clock counts by the calendar. */
  days: number;
  /** The rest, in milliseconds. */
  rest: number;
}

const span = (ms: number, isDays: boolean): Span =>
  isDays ? { days: ms / day, rest: 0 } : { days: 0, rest: ms };

export const readSpan = (text: string): Span => {
  if (text.startsWith('-')) return negative(readSpan(text.slice(1).trim()));
  if (text.startsWith('+')) return readSpan(text.slice(1).trim());
  const plain = /^(\d+) (second|minute|hour|day|week)s?$/.exec(text);
  if (plain) {
    const [, count, unit = ''] = plain;
    return span(Number(count) * units[unit]!, unit === 'day' || unit === 'week');
  }
  const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!iso) throw new Error(`"${text}" is no duration`);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((n) => Number(n ?? 0));
  return { days: weeks * 7 + days, rest: hours * hour + minutes * minute + seconds * second };
};

const negative = ({ days, rest }: Span): Span => ({ days: -days, rest: -rest });

/** Where no wall clock is involved a day has 24 hours. */
export const milliseconds = (text: string): number => {
  const { days, rest } = readSpan(text);
  return days * day + rest;
};
