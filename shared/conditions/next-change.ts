import { durationMs } from '../kernel/durations.ts';
import { lastInstant, type Moment, parseMoment } from '../kernel/zones.ts';
import { isInRange } from './compare.ts';
import { type Compared, comparisonIn } from './comparison.ts';
import { asTrigger, evaluate } from './evaluate.ts';
import type { ConditionFacts } from './facts.ts';
import { readPath } from './read-path.ts';
import type { Condition, DidCondition, Operators } from './schema.ts';
import { innerConditions } from './walk.ts';

/**
 * The next instant (milliseconds) at which the answer of a condition can become another one although
 * nothing happens: a window closes over an event, or opens over a date, or a score fades. Never too late; sometimes too
 * early, and then one asks again. `undefined`: time alone changes nothing.
 *
 * @param conditionOf the condition of a segment that is named
 */
export const nextChange = (
  condition: Condition,
  facts: ConditionFacts,
  conditionOf: (segment: string) => Condition | undefined = () => undefined,
): number | undefined => {
  if ('did' in condition) return ofDid(condition, facts);
  if ('segment' in condition) {
    const inner = conditionOf(condition.segment);
    return inner && nextChange(inner, facts, conditionOf);
  }
  if ('score' in condition) return facts.nextScoreChange?.(numbersIn(condition.score));
  const compared = comparisonIn(condition);
  if (compared) return earliest([ofDate(compared, facts), ofScore(condition, facts)]);
  return earliest(innerConditions(condition).map(([inner]) => nextChange(inner, facts, conditionOf)));
};

const earliest = (instants: readonly (number | undefined)[]): number | undefined => {
  const first = Math.min(...instants.map((at) => at ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(first) ? first : undefined;
};

const numbersIn = (operators: Operators): number[] =>
  Object.values(operators)
    .flat()
    .filter((value) => typeof value === 'number');

const ofScore = (condition: Condition, facts: ConditionFacts): number | undefined =>
  'contact' in condition && condition.contact === 'score'
    ? facts.nextScoreChange?.(numbersIn(condition))
    : undefined;

const ofDate = (
  { source, path, operators: { inLast, inNext } }: Compared,
  facts: ConditionFacts,
): number | undefined => {
  if (inLast === undefined && inNext === undefined) return undefined;
  const moment = parseMoment(readPath(facts[source], path), facts.zone);
  if (!moment) return undefined;
  return earliest(
    [...edgesOfLast(moment, inLast), ...edgesOfNext(moment, inNext)].filter((at) => at > facts.now),
  );
};

const edgesOfLast = (moment: Moment, inLast: string | undefined): number[] =>
  inLast === undefined ? [] : [moment.from, lastInstant(moment) + durationMs(inLast) + 1];
const edgesOfNext = (moment: Moment, inNext: string | undefined): number[] =>
  inNext === undefined ? [] : [moment.from - durationMs(inNext), lastInstant(moment) + 1];

const ofDid = (condition: DidCondition, facts: ConditionFacts): number | undefined => {
  const { did, inLast, where, times = { atLeast: 1 } } = condition;
  const known = facts.did(did);
  const window = inLast === undefined ? Number.POSITIVE_INFINITY : durationMs(inLast);
  const inner = where && earliest(known.map((fact) => nextChange(where, asTrigger(did, fact, facts))));
  const counted = where ? known.filter((fact) => evaluate(where, asTrigger(did, fact, facts))) : known;
  const instants = counted.map(({ at }) => at).sort((a, b) => a - b);
  const answerAt = (now: number): boolean => isInRange(countWithin(instants, now - window, now), times);
  const answer = answerAt(facts.now);
  const edges = instants
    .flatMap((at) => [at, at + window + 1])
    .filter((at) => at > facts.now && Number.isFinite(at))
    .sort((a, b) => a - b);
  return earliest([inner, edges.find((at) => answerAt(at) !== answer)]);
};

/** How many of the sorted numbers lie between the two, both included. */
const countWithin = (sorted: readonly number[], from: number, to: number): number =>
  firstAbove(sorted, to) - firstAbove(sorted, from, true);

const firstAbove = (sorted: readonly number[], limit: number, orEqual = false): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (value > limit || (orEqual && value === limit)) high = middle;
    else low = middle + 1;
  }
  return low;
};
