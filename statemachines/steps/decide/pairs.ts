import { covers, coverTogether } from '#conditions/reason';
import type { DecideStep } from './schema.ts';

type Asked = DecideStep['branches'][number]['if'];

/** Each branch with the first earlier one of which it holds. */
export const pairs = (
  { branches }: DecideStep,
  holds: (earlier: Asked, later: Asked) => boolean,
): { earlier: number; later: number }[] =>
  branches.flatMap((branch, later) => {
    const earlier = branches.slice(0, later).findIndex((other) => holds(other.if, branch.if));
    return earlier < 0 ? [] : [{ earlier, later }];
  });

/** A branch that no contact takes: all who fit it fit one before it, or several of them together. */
export const deadBranches = (step: DecideStep): { later: number; earlier?: number }[] => {
  const alone = new Map(pairs(step, covers).map((pair) => [pair.later, pair]));
  const conditions = step.branches.map(({ if: condition }) => condition);
  return conditions.flatMap((condition, later) => {
    const pair = alone.get(later);
    if (pair) return [pair];
    return later > 1 && coverTogether(conditions.slice(0, later), condition) ? [{ later }] : [];
  });
};
