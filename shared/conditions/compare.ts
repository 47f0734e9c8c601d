import { durationMs } from '../kernel/durations.ts';
import { lastInstant, type Moment, parseMoment } from '../kernel/zones.ts';
import { isMissing } from './read-path.ts';
import type { Operator, Operators, Range } from './schema.ts';

interface Now {
  now: number;
  zone: string;
}
type Compare<O extends Operator> = (value: unknown, wanted: NonNullable<Operators[O]>, at: Now) => boolean;

const withNumber =
  (holds: (value: number, wanted: number) => boolean) =>
  (value: unknown, wanted: number): boolean =>
    typeof value === 'number' && holds(value, wanted);
const withText =
  (holds: (value: string, wanted: string) => boolean) =>
  (value: unknown, wanted: string): boolean =>
    typeof value === 'string' && holds(value, wanted);
const withMoment =
  (holds: (value: Moment, wanted: string, at: Now) => boolean) =>
  (value: unknown, wanted: string, at: Now): boolean => {
    const moment = parseMoment(value, at.zone);
    return moment !== undefined && holds(moment, wanted, at);
  };

const contains: Compare<'contains'> = (value, wanted) =>
  Array.isArray(value)
    ? value.includes(wanted)
    : typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);

// A day without a time counts as a whole: today is both "in the last 2 days" and "in the next 2 days".
const inLast = withMoment(
  (value, wanted, { now }) => value.from <= now && lastInstant(value) >= now - durationMs(wanted),
);
const inNext = withMoment(
  (value, wanted, { now }) => lastInstant(value) >= now && value.from <= now + durationMs(wanted),
);
const before = withMoment((value, wanted, { zone }) => {
  const limit = parseMoment(wanted, zone);
  return limit !== undefined && value.from < limit.from;
});
const after = withMoment((value, wanted, { zone }) => {
  const limit = parseMoment(wanted, zone);
  return limit !== undefined && value.from > lastInstant(limit);
});

const operators: { [O in Operator]: Compare<O> } = {
  is: (value, wanted) => value === wanted,
  isNot: (value, wanted) => !isMissing(value) && value !== wanted,
  in: (value, wanted) => (wanted as unknown[]).includes(value),
  notIn: (value, wanted) => !isMissing(value) && !(wanted as unknown[]).includes(value),
  contains,
  startsWith: withText((value, wanted) => value.startsWith(wanted)),
  endsWith: withText((value, wanted) => value.endsWith(wanted)),
  exists: (value, wanted) => isMissing(value) !== wanted,
  above: withNumber((value, wanted) => value > wanted),
  atLeast: withNumber((value, wanted) => value >= wanted),
  below: withNumber((value, wanted) => value < wanted),
  atMost: withNumber((value, wanted) => value <= wanted),
  before,
  after,
  inLast,
  inNext,
};

/** Do all operators of the comparison hold? A missing value makes each false, but for `exists: false`. */
export const compare = (value: unknown, wanted: Operators, at: Now): boolean =>
  (Object.keys(operators) as Operator[]).every(
    (name) =>
      wanted[name] === undefined || (operators[name] as Compare<Operator>)(value, wanted[name] as never, at),
  );

export const isInRange = (value: unknown, range: Range): boolean =>
  compare(value, range, { now: 0, zone: 'UTC' });
