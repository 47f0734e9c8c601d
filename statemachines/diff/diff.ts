import { plural } from '#kernel/words';
import type { Journey } from '../document/schema.ts';
import type { Change } from './change.ts';
import { journeyChanges } from './journey.ts';
import { stepChanges } from './steps.ts';

export { type Change, sentenceOf } from './change.ts';

/** Everything in which two documents of a journey differ; formatting and the order of members do not count. */
export const diffJourneys = (before: Journey, after: Journey): Change[] => [
  ...journeyChanges(before, after),
  ...stepChanges(before, after),
];

/** `3 changes: 1 step added, 2 changed` */
export const summaryOf = (changes: readonly Change[]): string => {
  if (changes.length === 0) return 'no difference';
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length;
  const kinds = (['added', 'removed', 'moved', 'changed'] as const)
    .map((kind) => [kind, count(kind)] as const)
    .filter(([, n]) => n > 0);
  return `${plural(changes.length, 'change')}: ${kinds.map(([kind, n]) => `${n} ${kind}`).join(', ')}`;
};
