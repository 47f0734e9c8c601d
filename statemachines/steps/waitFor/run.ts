import { evaluate } from '#conditions/evaluate';
import { durationMs } from '#kernel/durations';
import type { Heard, Run, RunFacts } from '../effects.ts';
import type { WaitForStep } from './schema.ts';

/** Answers at once when it has already happened, else waits. Asked again after each event that might answer. */
export const run: Run<WaitForStep> = (step, facts) => {
  const first = firstHeard(step, facts);
  return first === undefined
    ? [{ kind: 'wait', until: facts.now + durationMs(step.atMost) }]
    : [{ kind: 'answer', branch: first, answer: step.branches[first]!.answer }];
};

/** Index of the branch that happened first; of two at the same instant the one written first. */
const firstHeard = (step: WaitForStep, facts: RunFacts): number | undefined => {
  const since = (step.since ? facts.reached(step.since) : undefined) ?? facts.run.startedAt;
  const heard = step.branches.map((branch) => earliest(branch, facts, since));
  const first = Math.min(...heard);
  return first === Number.POSITIVE_INFINITY ? undefined : heard.indexOf(first);
};

const earliest = (branch: WaitForStep['branches'][number], facts: RunFacts, since: number): number =>
  Math.min(
    ...facts
      .heard(branch.on, since)
      .filter((heard) => heard.at >= since && fits(branch.if, heard, facts))
      .map((heard) => heard.at),
  );

const fits = (
  condition: WaitForStep['branches'][number]['if'],
  { trigger }: Heard,
  facts: RunFacts,
): boolean => condition === undefined || evaluate(condition, { ...facts.conditions, trigger });
