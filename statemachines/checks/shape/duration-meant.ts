import { nearest } from '#kernel/nearest';

interface Meant {
  hint: string;
  /** What to write, where there is no doubt. */
  sure?: string;
}

/** A duration in another writing: `3 h`, `2 dayz`, `1.5 hours`. */
export const durationMeant = (value: unknown): Meant | undefined => {
  if (typeof value !== 'string') return undefined;
  if (/month|year|^P\d+[MY]/i.test(value))
    return { hint: 'months and years differ in length; write days, such as "30 days"' };
  const [, count = '', word = ''] = /^\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([A-Za-z]+)\.?\s*$/.exec(value) ?? [];
  if (count === '') return undefined;
  const short = shortUnits[word.toLowerCase()];
  const unit = short ?? nearest(word.toLowerCase(), durationUnits);
  if (unit === undefined) return undefined;
  const written = /[.,]/.test(count)
    ? inWholes(Number(count.replace(',', '.')), unit)
    : agreeing(Number(count), unit);
  if (written === undefined) return { hint: 'write a whole number of a smaller unit, such as "90 minutes"' };
  return { hint: `write "${written}"`, ...(isSure(word) && { sure: written }) };
};

const durationUnits = ['second', 'minute', 'hour', 'day', 'week'].flatMap((unit) => [unit, `${unit}s`]);
const shortUnits: Record<string, string> = {
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  m: 'minutes',
  min: 'minutes',
  mins: 'minutes',
  h: 'hours',
  hr: 'hours',
  hrs: 'hours',
  d: 'days',
  w: 'weeks',
  wk: 'weeks',
  wks: 'weeks',
};

/** `m` could be months too; a word that is merely near is a guess. */
const isSure = (word: string): boolean => {
  const plain = word.toLowerCase();
  if (plain === 'm') return false;
  return (
    Object.hasOwn(shortUnits, plain) || durationUnits.some((unit) => unit === plain || oneSlip(plain, unit))
  );
};

/** A letter too many, too few, wrong or swapped at the end, where `dayz` and `houres` have theirs. */
const oneSlip = (word: string, unit: string): boolean =>
  word.length >= 4 && word.slice(0, 3) === unit.slice(0, 3) && Math.abs(word.length - unit.length) <= 1;

const agreeing = (count: number, unit: string): string => {
  const one = unit.replace(/s$/, '');
  return `${count} ${count === 1 ? one : `${one}s`}`;
};

const smaller: Record<string, [factor: number, unit: string]> = {
  week: [7, 'days'],
  day: [24, 'hours'],
  hour: [60, 'minutes'],
  minute: [60, 'seconds'],
};

/** `1.5 hours` is 90 minutes. */
const inWholes = (count: number, unit: string): string | undefined => {
  if (Number.isInteger(count)) return agreeing(count, unit);
  const [factor, next] = smaller[unit.replace(/s$/, '')] ?? [0, ''];
  const whole = Math.round(count * factor * 1e6) / 1e6;
  return Number.isInteger(whole) && whole > 0 ? agreeing(whole, next) : undefined;
};
