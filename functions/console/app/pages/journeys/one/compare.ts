import { diffJourneys, summaryOf } from '#statemachines/diff/diff';
import type { Journey } from '#statemachines/document/schema';

export const isSameDocument = (one: Journey, other: Journey): boolean =>
  diffJourneys(one, other).length === 0;

/** `3 changes: 1 step added, 2 changed` */
export const differenceOf = (before: Journey, after: Journey): string =>
  summaryOf(diffJourneys(before, after));
