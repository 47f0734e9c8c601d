import type { Operators } from './schema.ts';

/** Numbers from `low` to `high`; an open end is not part of it. */
export interface Interval {
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

const everything: Interval = {
  low: Number.NEGATIVE_INFINITY,
  lowOpen: true,
  high: Number.POSITIVE_INFINITY,
  highOpen: true,
};

type NumberOperator = 'is' | 'above' | 'atLeast' | 'below' | 'atMost';
const single: Record<NumberOperator, (n: number) => Interval> = {
  is: (n) => ({ low: n, lowOpen: false, high: n, highOpen: false }),
  above: (n) => ({ ...everything, low: n, lowOpen: true }),
  atLeast: (n) => ({ ...everything, low: n, lowOpen: false }),
  below: (n) => ({ ...everything, high: n, highOpen: true }),
  atMost: (n) => ({ ...everything, high: n, highOpen: false }),
};
const isNumberOperator = (name: string): name is NumberOperator => Object.hasOwn(single, name);

/** The numbers that fit, when all operators are about numbers; else `undefined`. */
export const intervalOf = (operators: Operators): Interval | undefined => {
  let interval = everything;
  for (const [name, value] of Object.entries(operators)) {
    if (!isNumberOperator(name) || typeof value !== 'number') return undefined;
    interval = intersect(interval, single[name](value));
  }
  return interval;
};

export const intersect = (a: Interval, b: Interval): Interval => {
  const [lower, upper] = [a.low > b.low ? a : b, a.high < b.high ? a : b];
  return {
    low: lower.low,
    lowOpen: a.low === b.low ? a.lowOpen || b.lowOpen : lower.lowOpen,
    high: upper.high,
    highOpen: a.high === b.high ? a.highOpen || b.highOpen : upper.highOpen,
  };
};

export const isEmpty = ({ low, lowOpen, high, highOpen }: Interval): boolean =>
  low > high || (low === high && (lowOpen || highOpen));

/** Is every number of `inner` also in `outer`? */
export const contains = (outer: Interval, inner: Interval): boolean => {
  const common = intersect(outer, inner);
  return (
    common.low === inner.low &&
    common.lowOpen === inner.lowOpen &&
    common.high === inner.high &&
    common.highOpen === inner.highOpen
  );
};

/** Is every number of `inner` in one of these? What is left of `inner` begins where the last of them ends. */
export const coveredBy = (outer: readonly Interval[], inner: Interval): boolean => {
  const parts = outer.toSorted((a, b) => a.low - b.low || Number(a.lowOpen) - Number(b.lowOpen));
  let rest = inner;
  for (const part of parts) {
    const reached = intersect(rest, { ...everything, low: part.low, lowOpen: part.lowOpen });
    if (reached.low > rest.low || (reached.low === rest.low && reached.lowOpen !== rest.lowOpen)) continue;
    rest = intersect(rest, { ...everything, low: part.high, lowOpen: !part.highOpen });
    if (isEmpty(rest)) return true;
  }
  return isEmpty(rest);
};
