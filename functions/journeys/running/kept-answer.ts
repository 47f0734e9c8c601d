import type { StepRecord } from '#model/run';
import { otherwise, skipped } from '#statemachines/compile/form';

/** What the machine may choose by. */
export interface StepAnswer {
  answer?: number;
  /** Of the steps from here on, where a loop begins anew. */
  visit?: number;
}

/** Decided once: what stands in the record is the answer, also to whoever asks again. */
export const keptAnswer = ({ outcome, branch = otherwise, nextVisit }: StepRecord): StepAnswer => ({
  answer: outcome === 'skipped' ? skipped : branch,
  ...(nextVisit === undefined ? {} : { visit: nextVisit }),
});
