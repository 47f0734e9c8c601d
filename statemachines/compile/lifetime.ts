import type { Plan, PlanNode } from './plan.ts';

/** An execution lasts a year and 25,000 events of history at most; which runs may need more? */

const day = 86_400;
/** Well below a year: holds for quiet hours and retries come on top. */
export const safeSeconds = 300 * day;

/** Some step may be visited more than once. */
export const isLooped = (plan: Plan): boolean => [...plan.nodes.values()].some(({ form }) => form.jump);

/**
 * Must a run be able to go on in another execution? Only then its machine has an entry for that,
 * which is one more transition for each run.
 */
export const mayOutlive = (plan: Plan): boolean => isLooped(plan) || longestOf(plan.steps) > safeSeconds;

/** A wait that may be longer than what is safe to begin with in a fresh execution. */
export const mayLastLonger = ({ form }: PlanNode): boolean => longestWait(form) > safeSeconds;

const longestWait = ({ seconds, longest = Number.POSITIVE_INFINITY }: PlanNode['form']): number =>
  seconds ?? longest;

/** Seconds of the longest way; what nobody knows is endless. */
const longestOf = (steps: readonly PlanNode[]): number =>
  steps.reduce((sum, { kind, form, branches }) => {
    const own = kind === 'wait' ? longestWait(form) : 0;
    return sum + own + Math.max(0, ...branches.map((branch) => longestOf(branch.steps)));
  }, 0);
