import type { Scoring } from '#model/contact';
import { pointsAt, scoreAt } from './score.ts';

const minute = 60_000;

/** Below this a sum of fading points is nothing to the hundredth. */
const nothing = 0.001;

const isFading = ({ halfLifeMs, afterMs }: Scoring['rules'][string]): boolean =>
  halfLifeMs !== undefined || afterMs !== undefined;

/** When everything that fades has faded. */
const horizon = ({ rules }: Scoring, now: number): number =>
  Math.max(
    now,
    ...Object.values(rules).flatMap((rule) => {
      const { afterMs, halfLifeMs } = rule;
      const last = Math.max(now, ...rule.given.map(({ at }) => Date.parse(at)));
      if (afterMs !== undefined) return [last + afterMs];
      if (halfLifeMs === undefined) return [];
      const size = Math.abs(pointsAt(rule, last));
      return [last + halfLifeMs * Math.max(0, Math.log2(size / nothing))];
    }),
  );

const ofSign = (scoring: Scoring, sign: 1 | -1): Scoring => ({
  ...scoring,
  base: 0,
  atLeast: undefined,
  atMost: undefined,
  rules: Object.fromEntries(
    Object.entries(scoring.rules)
      .filter(([, rule]) => isFading(rule))
      .map(([id, rule]) => [
        id,
        { ...rule, given: rule.given.filter(({ points }) => Math.sign(points) === sign) },
      ]),
  ),
});

const side = (score: number, thresholds: readonly number[]): string =>
  thresholds.map((threshold) => Math.sign(score - threshold)).join();

/** The first whole millisecond after `from` at which it is so; it stays so once it is. */
const firstTime = (isSo: (at: number) => boolean, from: number, to: number): number | undefined => {
  if (!isSo(to)) return undefined;
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isSo(middle)) after = middle;
    else before = middle;
  }
  return after;
};

/**
 * The score between which bounds it lies at a later time. Points given fade and points taken fade, and
 * of both together nobody knows the way; of each alone it is one direction.
 */
const bounds = (scoring: Scoring, now: number) => {
  const [given, taken] = [ofSign(scoring, 1), ofSign(scoring, -1)];
  const sum = (part: Scoring, at: number): number =>
    Object.values(part.rules).reduce((all, rule) => all + pointsAt(rule, at), 0);
  const moved = (at: number, part: Scoring): Scoring => ({
    ...scoring,
    base: scoring.base + sum(part, at) - sum(part, now),
  });
  return {
    isMixed: sum(given, now) > 0 && sum(taken, now) < 0,
    lowest: (at: number): number => scoreAt(moved(at, given), now),
    highest: (at: number): number => scoreAt(moved(at, taken), now),
  };
};

/**
 * When time alone may take the score over one of these thresholds, or onto it or off it (milliseconds).
 * Where points given and points taken fade side by side it may be too early, but never by less than a
 * minute at a time; then one asks again.
 */
export const nextScoreChange = (
  scoring: Scoring,
  now: number,
  thresholds: readonly number[],
): number | undefined => {
  if (thresholds.length === 0 || !Object.values(scoring.rules).some(isFading)) return undefined;
  const { isMixed, lowest, highest } = bounds(scoring, now);
  const present = side(scoreAt(scoring, now), thresholds);
  const mayDiffer = (at: number): boolean =>
    side(lowest(at), thresholds) !== present || side(highest(at), thresholds) !== present;
  const first = firstTime(mayDiffer, now, Math.ceil(horizon(scoring, now)));
  return first !== undefined && isMixed ? Math.max(first, now + minute) : first;
};
