/**
 * A length of time as authors write it: "2 days", "90 minutes", "1 week", or ISO 8601 "P2D", "PT1H30M".
 * Days are kept apart from the rest: where a wall clock is involved a day is a calendar day in a zone,
 * else 24 hours. Months and years are refused: nobody agrees how long they are.
 */
export interface Duration {
  days: number;
  milliseconds: number;
}

const units = { second: 1_000, minute: 60_000, hour: 3_600_000 } as const;
const dayMs = 86_400_000;

const words = /^(\d{1,6}) (second|minute|hour|day|week)s?$/;
const isoForm =
  /^P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;

/** For schemas and editors: matches exactly what `parseDuration` accepts. */
export const durationPattern =
  /^(?:\d{1,6} (?:second|minute|hour|day|week)s?|P(?=.)(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}S)?)?)$/;
/** The same with a sign, for offsets from a date: "-30 days". */
export const offsetPattern = new RegExp(`^[+-]?${durationPattern.source.slice(1)}`);

const fromWords = (count: number, unit: string): Duration => {
  if (unit === 'week') return { days: count * 7, milliseconds: 0 };
  if (unit === 'day') return { days: count, milliseconds: 0 };
  return { days: 0, milliseconds: count * units[unit as keyof typeof units] };
};

/** `undefined` when the text is no duration. */
export const parseDuration = (text: string): Duration | undefined => {
  const plain = words.exec(text);
  if (plain) return fromWords(Number(plain[1]), plain[2]!);
  const parts = isoForm.exec(text);
  if (!parts) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    days: weeks * 7 + days,
    milliseconds: hours * units.hour + minutes * units.minute + seconds * units.second,
  };
};

/** `parseDuration` for text that a schema has already accepted. */
export const duration = (text: string): Duration => {
  const parsed = parseDuration(text);
  if (!parsed) throw new Error(`"${text}" is not a duration`);
  return parsed;
};

/** A duration with a sign: "-30 days" lies before. */
export const offset = (text: string): Duration => {
  const { days, milliseconds } = duration(text.replace(/^[+-]/, ''));
  const sign = text.startsWith('-') ? -1 : 1;
  return { days: days * sign || 0, milliseconds: milliseconds * sign || 0 };
};

/** With days of 24 hours. */
export const toMilliseconds = ({ days, milliseconds }: Duration): number => days * dayMs + milliseconds;

/** Milliseconds of a written duration, with days of 24 hours. */
export const durationMs = (text: string): number => toMilliseconds(duration(text));

const scales = [
  ['day', dayMs],
  ['hour', units.hour],
  ['minute', units.minute],
  ['second', units.second],
] as const;

/** The two largest units, for people: "3 days", "1 hour 30 minutes". */
export const describeDuration = (ms: number): string => {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(ms / 1000) * 1000);
  for (const [unit, size] of scales) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || '0 seconds';
};
