import { costOf, type Usage } from '../../prices.ts';
import { computeUsage, type Used } from '../../usage.ts';
import type { Rehearsal } from './rehearse.ts';
import type { SumKind, Tally } from './tally.ts';

/** What sums of people's doings come to on AWS, in the units that it bills. */
export type UsageOf = (sums: ArrayLike<number>) => Usage;

/**
 * Transitions, messages and requests are counted for each imagined person. Functions and tables are
 * measured on those who were rehearsed, by transition; what the front door uses, by what is posted.
 */
export const usageBy = ({ names }: Tally, { used, transitions, door }: Rehearsal): UsageOf => {
  const sum = (sums: ArrayLike<number>, kind: SumKind, name?: string): number => {
    const found = names.get(kind);
    if (name !== undefined) return sums[found?.get(name) ?? -1] ?? 0;
    return [...(found?.values() ?? [])].reduce((all, of) => all + (sums[of] ?? 0), 0);
  };
  return (sums) => {
    const byTransition = sum(sums, 'transitions') / Math.max(1, transitions);
    const posted = sum(sums, 'posted');
    return {
      ...computeUsage(added(scaled(used, byTransition), scaled({ transitions: 0, ...door }, posted))),
      stateTransitions: sum(sums, 'transitions'),
      httpApiRequests: sum(sums, 'requests'),
      emails: sum(sums, 'channel', 'email'),
      smsSegments: sum(sums, 'segments'),
      teamMessages: sum(sums, 'told'),
    };
  };
};

export const dollarsOf = (usage: Usage): number => costOf(usage).dollars;

const scaled = ({ functions, reads, writes, transitions }: Used, by: number): Used => ({
  transitions: transitions * by,
  functions: Object.fromEntries(Object.entries(functions).map(([name, calls]) => [name, calls * by])),
  reads: reads * by,
  writes: writes * by,
});

const added = (a: Used, b: Used): Used => ({
  transitions: a.transitions + b.transitions,
  functions: Object.fromEntries(
    [...new Set([...Object.keys(a.functions), ...Object.keys(b.functions)])].map((name) => [
      name,
      (a.functions[name] ?? 0) + (b.functions[name] ?? 0),
    ]),
  ),
  reads: a.reads + b.reads,
  writes: a.writes + b.writes,
});
