import { iso } from '#kernel/clock';
import { durationMs } from '#kernel/durations';
import type { RulePoints, Scoring } from '#model/contact';
import type { ScoreRule, ScoreRules } from '#model/contact-rules';

/**
 * A score as it is at any time, from points and when they were given. All that it takes stands with the
 * contact, so that whoever reads it later needs nothing but a clock.
 */

const hundredths = (n: number): number => Math.round(n * 100) / 100;
/** Finer than what is shown, coarse enough that the digits of a half-life do not fill the item. */
const stored = (n: number): number => Math.round(n * 1e6) / 1e6;

const leftOf = ({ halfLifeMs, afterMs }: RulePoints, elapsed: number): number => {
  if (afterMs !== undefined) return elapsed < afterMs ? 1 : 0;
  return halfLifeMs === undefined || elapsed <= 0 ? 1 : 2 ** (-elapsed / halfLifeMs);
};

/** Points of one rule that are left at a time (milliseconds). */
export const pointsAt = (rule: RulePoints, now: number): number =>
  rule.given.reduce((sum, { points, at }) => sum + points * leftOf(rule, now - Date.parse(at)), 0);

const within = ({ atLeast = -Infinity, atMost = Infinity }: Partial<Scoring>, n: number): number =>
  Math.min(Math.max(n, atLeast), atMost);

const sumAt = ({ base, rules }: Scoring, now: number): number =>
  Object.values(rules).reduce((sum, rule) => sum + pointsAt(rule, now), base);

/** The score as conditions, templates and people see it: to the hundredth. */
export const scoreAt = (scoring: Scoring, now: number): number =>
  hundredths(within(scoring, sumAt(scoring, now)));

/** Speaks of another time. */
export const asOf = (scoring: Scoring, now: number): Scoring => ({ ...scoring, asOf: iso(now) });

export const noPoints = (
  base: number,
  at: string,
  { atLeast, atMost }: Partial<ScoreRules> = {},
): Scoring => ({
  asOf: at,
  base,
  rules: {},
  ...(atLeast === undefined ? {} : { atLeast }),
  ...(atMost === undefined ? {} : { atMost }),
});

/** By hand: the score becomes what is said, whatever the rules gave. */
export const setTo = (scoring: Scoring, score: number): Scoring => {
  const now = Date.parse(scoring.asOf);
  return { ...scoring, base: stored(score - (sumAt(scoring, now) - scoring.base)) };
};

const fadingOf = ({ decay }: ScoreRule): Pick<RulePoints, 'halfLifeMs' | 'afterMs'> => {
  if (!decay) return {};
  return 'halfLife' in decay
    ? { halfLifeMs: durationMs(decay.halfLife) }
    : { afterMs: durationMs(decay.after) };
};

/** Beyond it, the two oldest become one. */
const mostGiven = 200;

/** What is left, as the rule has it now: a rule that was written anew takes over what it gave before. */
const takenOver = (before: RulePoints | undefined, rule: ScoreRule, now: number): RulePoints => {
  const fading = fadingOf(rule);
  if (!before) return { given: [], ...fading };
  const window = before.window ? { window: before.window } : {};
  if (before.halfLifeMs === fading.halfLifeMs && before.afterMs === fading.afterMs) return before;
  const points = stored(pointsAt(before, now));
  return { given: points === 0 ? [] : [{ points, at: iso(now) }], ...fading, ...window };
};

const isWithin = (window: RulePoints['window'], { per }: { per: string }, at: number): boolean =>
  window !== undefined && at < Date.parse(window.from) + durationMs(per);

/** As many of the rule's points as its limits leave room for, without their sign. */
const room = (points: RulePoints, rule: ScoreRule, { at, now }: { at: number; now: number }): number => {
  const inWindow = rule.cap && isWithin(points.window, rule.cap, at) ? points.window!.points : 0;
  return Math.max(
    0,
    Math.min(
      Math.abs(rule.add),
      (rule.cap?.atMost ?? Infinity) - inWindow,
      (rule.atMost ?? Infinity) - Math.abs(pointsAt(points, now)),
    ),
  );
};

const openWindow = (points: RulePoints, { cap }: ScoreRule, at: number, given: number) => {
  if (!cap) return {};
  return isWithin(points.window, cap, at)
    ? { window: { ...points.window!, points: stored(points.window!.points + given) } }
    : { window: { from: iso(at), until: iso(at + durationMs(cap.per)), points: given } };
};

const joinOldest = (given: RulePoints['given']): RulePoints['given'] => {
  if (given.length <= mostGiven) return given;
  const [first, second, ...others] = given;
  return [{ points: stored(first!.points + second!.points), at: second!.at }, ...others];
};

const give = (points: RulePoints, given: number, { at, now }: { at: number; now: number }) => {
  const { afterMs } = points;
  if (afterMs !== undefined) {
    const live = [...points.given, { points: given, at: iso(at) }]
      .filter((each) => Date.parse(each.at) + afterMs > now)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
    return joinOldest(live);
  }
  const last = Math.max(at, ...points.given.map((each) => Date.parse(each.at)));
  const sum = pointsAt(points, last) + given * leftOf(points, last - at);
  return [{ points: stored(sum), at: iso(last) }];
};

/**
 * What a rule gives for one event, within its limits. The very scoring that was given where it gives nothing.
 * @param at when the event happened (milliseconds): what is told late has faded meanwhile
 */
export const addPoints = (scoring: Scoring, id: string, rule: ScoreRule, at: number): Scoring => {
  const times = { at, now: Date.parse(scoring.asOf) };
  const before = takenOver(scoring.rules[id], rule, times.now);
  const size = room(before, rule, times);
  if (size === 0) return scoring;
  const given = give(before, Math.sign(rule.add) * size, times);
  const after = { ...before, given, ...openWindow(before, rule, at, size) };
  return { ...scoring, rules: { ...scoring.rules, [id]: after } };
};
