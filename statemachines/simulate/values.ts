import type { Operator, Operators } from '#conditions/schema';
import { durationMs } from '#kernel/durations';
import { parseMoment } from '#kernel/zones';

interface Now {
  now: number;
  zone: string;
}
type Suggest<O extends Operator> = (wanted: NonNullable<Operators[O]>, at: Now) => unknown[];

const day = 86_400_000;
const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `not ${value}`;
};

const around = (value: number): number[] => [value, value + 1, value - 1];
const aroundMoment = (text: string, { zone }: Now): string[] => {
  const from = parseMoment(text, zone)?.from ?? 0;
  return [iso(from - day), iso(from + 2 * day)];
};

const suggested: { [O in Operator]: Suggest<O> } = {
  is: (wanted) => [wanted, other(wanted)],
  isNot: (wanted) => [other(wanted), wanted],
  in: (wanted) => [...wanted, wanted.map(String).join(' or ')],
  notIn: (wanted) => [wanted.map((value) => `not ${value}`).join(', '), ...wanted],
  contains: (wanted) => [wanted, [wanted], [other(wanted)], `with ${wanted} in it`],
  startsWith: (wanted) => [wanted, `${wanted} and more`],
  endsWith: (wanted) => [wanted, `somebody${wanted}`],
  exists: () => ['known'],
  above: around,
  atLeast: around,
  below: around,
  atMost: around,
  before: aroundMoment,
  after: aroundMoment,
  inLast: (wanted, { now }) => [iso(now - durationMs(wanted) / 2), iso(now - 2 * durationMs(wanted) - day)],
  inNext: (wanted, { now }) => [iso(now + durationMs(wanted) / 2), iso(now + 2 * durationMs(wanted) + day)],
};

/** Values on both sides of a comparison, so that one makes it true and one false. A missing value comes last. */
export const valuesFor = (operators: Operators, at: Now): unknown[] => [
  ...(Object.keys(suggested) as Operator[]).flatMap((name) =>
    operators[name] === undefined ? [] : (suggested[name] as Suggest<Operator>)(operators[name] as never, at),
  ),
  ...whole(operators),
  undefined,
];

/** A text that begins, goes on and ends as wanted. */
const whole = ({ startsWith, contains, endsWith }: Operators): unknown[] =>
  [startsWith, contains, endsWith].filter((part) => part !== undefined).length > 1
    ? [`${startsWith ?? ''}${contains ?? ''}${endsWith ?? ''}`]
    : [];

/** Halfway between each two numbers, for bounds that others set. */
export const between = (values: readonly unknown[]): number[] => {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return numbers.slice(1).map((number, i) => (number + (numbers[i] ?? number)) / 2);
};
