import { durationMs } from '../kernel/durations.ts';
import { comparisonIn } from './comparison.ts';
import { contains, coveredBy, intersect, intervalOf, isEmpty } from './intervals.ts';
import type { Condition, Operators } from './schema.ts';
import { walkCondition } from './walk.ts';

/** What can be said of conditions without a contact. Careful: `false` means "not known", not "no". */

interface About {
  /** `contact.companySize` */
  subject: string;
  operators: Operators;
}

const compared = (condition: Condition): About | undefined => {
  if ('score' in condition) return { subject: 'contact.score', operators: condition.score };
  if ('stage' in condition) return { subject: 'contact.stage', operators: { is: condition.stage } };
  const own = comparisonIn(condition);
  return own && { subject: `${own.source}.${own.path}`, operators: own.operators };
};

/** Larger conditions are not reasoned about: comparing all parts of two takes the product of their sizes. */
const largest = 60;
const isSmall = (condition: Condition): boolean => known(condition).size <= largest;

/** Size and text, kept: each branch of a decision is compared with each other. */
const known = (condition: Condition): { size: number; text: string } => {
  const kept = knownOf.get(condition);
  if (kept) return kept;
  let size = 0;
  walkCondition(condition, () => size++);
  const made = { size, text: JSON.stringify(condition) };
  knownOf.set(condition, made);
  return made;
};
const knownOf = new WeakMap<Condition, { size: number; text: string }>();

/** Is `earlier` true whenever `later` is? */
export const covers = (earlier: Condition, later: Condition): boolean =>
  isSmall(earlier) && isSmall(later) && coversAll(earlier, later);

const coversAll = (earlier: Condition, later: Condition): boolean => {
  if (known(earlier).text === known(later).text) return true;
  if ('any' in later) return later.any.every((part) => coversAll(earlier, part));
  if ('all' in earlier) return earlier.all.every((part) => coversAll(part, later));
  if ('all' in later) return later.all.some((part) => coversAll(earlier, part));
  if ('any' in earlier) return earlier.any.some((part) => coversAll(part, later));
  const [a, b] = [compared(earlier), compared(later)];
  return (
    a !== undefined && b !== undefined && a.subject === b.subject && coversValues(a.operators, b.operators)
  );
};

const coversValues = (earlier: Operators, later: Operators): boolean => {
  const [a, b] = [intervalOf(earlier), intervalOf(later)];
  if (a && b) return contains(a, b);
  const [only, ...more] = Object.keys(earlier);
  if (more.length > 0) return false;
  if (only === 'exists') return earlier.exists === true && later.exists !== false;
  if (only === 'in' && later.is !== undefined) return earlier.in!.includes(later.is);
  if (only === 'inLast' && later.inLast) return durationMs(earlier.inLast!) >= durationMs(later.inLast);
  return only === 'inNext' && later.inNext ? durationMs(earlier.inNext!) >= durationMs(later.inNext) : false;
};

/** Can both be true of one number, without one holding the other? */
export const overlaps = (one: Condition, other: Condition): boolean => {
  const [a, b] = [compared(one), compared(other)];
  if (!a || !b || a.subject !== b.subject) return false;
  const [first, second] = [intervalOf(a.operators), intervalOf(b.operators)];
  if (!first || !second) return listsOverlap(a.operators, b.operators);
  if (isEmpty(intersect(first, second))) return false;
  return !contains(first, second) && !contains(second, first);
};

const listsOverlap = ({ in: one, ...more }: Operators, { in: other, ...others }: Operators): boolean => {
  if (!one || !other || Object.keys(more).length + Object.keys(others).length > 0) return false;
  const shared = one.filter((value) => other.includes(value)).length;
  return shared > 0 && shared < new Set(one).size && shared < new Set(other).size;
};

/** Is one of `earlier` true whenever `later` is, though none of them alone need be? */
export const coverTogether = (earlier: readonly Condition[], later: Condition): boolean =>
  areAll(earlier) || (isSmall(later) && rangesCover(earlier, later));

/** A condition and its opposite leave nobody. */
const areAll = (conditions: readonly Condition[]): boolean => {
  if (!conditions.some((condition) => 'not' in condition)) return false;
  const said = new Set(conditions.map((condition) => known(condition).text));
  return conditions.some((condition) => 'not' in condition && said.has(known(condition.not).text));
};

const rangesCover = (earlier: readonly Condition[], later: Condition): boolean => {
  if ('all' in later) return later.all.some((part) => rangesCover(earlier, part));
  if ('any' in later) return later.any.every((part) => rangesCover(earlier, part));
  const wanted = compared(later);
  const range = wanted && intervalOf(wanted.operators);
  if (!range || isEmpty(range)) return false;
  const parts = earlier.flatMap((condition) => {
    const own = compared(condition);
    return own?.subject === wanted.subject ? (intervalOf(own.operators) ?? []) : [];
  });
  return coveredBy(parts, range);
};

/** Why it can never be true, in words; `undefined` when that is not known. */
export const neverTrue = (condition: Condition): string | undefined =>
  isSmall(condition) ? never(condition) : undefined;

const never = (condition: Condition): string | undefined => {
  if ('any' in condition)
    return condition.any.every((part) => never(part)) ? never(condition.any[0]!) : undefined;
  if ('all' in condition) return neverAll(condition.all);
  const own = compared(condition);
  return own && neverValues(own);
};

const neverValues = ({ subject, operators }: About): string | undefined => {
  const interval = intervalOf(operators);
  if (interval && isEmpty(interval)) return `no number of "${subject}" is in this range`;
  const others = Object.keys(operators).filter((name) => name !== 'exists');
  return operators.exists === false && others.length > 0
    ? `"${subject}" is to be missing, and is compared with a value`
    : undefined;
};

const neverAll = (parts: readonly Condition[]): string | undefined => {
  for (const [i, part] of parts.entries()) {
    const reason =
      never(part) ??
      parts
        .slice(0, i)
        .map((other) => neverBoth(other, part))
        .find(Boolean);
    if (reason) return reason;
  }
  return undefined;
};

const neverBoth = (one: Condition, other: Condition): string | undefined => {
  if ('not' in one && coversAll(one.not, other)) return 'one condition excludes the other';
  if ('not' in other && coversAll(other.not, one)) return 'one condition excludes the other';
  const [a, b] = [compared(one), compared(other)];
  if (!a || !b || a.subject !== b.subject) return undefined;
  if (a.operators.is !== undefined && b.operators.is !== undefined && a.operators.is !== b.operators.is)
    return `"${a.subject}" cannot be two values at once`;
  const [first, second] = [intervalOf(a.operators), intervalOf(b.operators)];
  return first && second && isEmpty(intersect(first, second))
    ? `no number of "${a.subject}" is in both ranges`
    : undefined;
};
