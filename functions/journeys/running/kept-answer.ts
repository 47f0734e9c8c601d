import type { StepRecord } from '#model/run';

/** What the machine may choose by. */
export interface StepAnswer {
  answer?: number;
  /** Of the steps from here on, where a loop begins anew. */
  visit?: number;
}

/** The branch of the plan for a step with branches whose own `if` is not met. */
export const skippedAnswer = -2;

/** Decided once: what stands in the record is the answer, also to whoever asks again. */
export const keptAnswer = ({ outcome, branch = -1, nextVisit }: StepRecord): StepAnswer => ({
  answer: outcome === 'skipped' ? skippedAnswer : branch,
  ...(nextVisit === undefined ? {} : { visit: nextVisit }),
});
