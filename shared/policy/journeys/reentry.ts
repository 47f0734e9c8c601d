import { durationMs } from '#kernel/durations';

/** `enter.again` of a journey. */
export type Again = 'never' | 'always' | { after: string; atMost?: number | undefined };

/** What is remembered of a contact's entries into one journey (and key). */
export interface EntryHistory {
  activeRun?: string | undefined;
  /** ISO. */
  lastStartedAt: string;
  count: number;
}

export type ReentryRefusal = 'already-active' | 'never-again' | 'too-soon' | 'too-often';

/** Why the contact may not enter now; `undefined` when it may. `after` counts from the last entry. */
export const refuseEntry = (
  again: Again | undefined,
  history: EntryHistory | undefined,
  now: number,
): ReentryRefusal | undefined => {
  if (!history || history.count === 0) return undefined;
  if (history.activeRun) return 'already-active';
  if (again === 'always') return undefined;
  if (again === undefined || again === 'never') return 'never-again';
  if (again.atMost !== undefined && history.count >= again.atMost) return 'too-often';
  return now < Date.parse(history.lastStartedAt) + durationMs(again.after) ? 'too-soon' : undefined;
};
