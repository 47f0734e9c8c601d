import type { DecideStep } from './schema.ts';

type Compare = (
  earlier: DecideStep['branches'][number]['if'],
  later: DecideStep['branches'][number]['if'],
) => boolean;

/** Each branch with the first earlier one of which it holds. */
export const pairs = ({ branches }: DecideStep, holds: Compare): { earlier: number; later: number }[] =>
  branches.flatMap((branch, later) => {
    const earlier = branches.slice(0, later).findIndex((other) => holds(other.if, branch.if));
    return earlier < 0 ? [] : [{ earlier, later }];
  });
