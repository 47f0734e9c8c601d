import { durationMs } from '#kernel/durations';
import type { ContactEvent } from '#model/event';

export interface GoalRule {
  within?: string | undefined;
  value?: string | undefined;
}

/** Does an event at `at` (ms) still count for a run that began at `startedAt` (ISO)? */
export const isWithinGoal = (goal: GoalRule, startedAt: string, at: number): boolean => {
  const since = at - Date.parse(startedAt);
  return since >= 0 && (goal.within === undefined || since <= durationMs(goal.within));
};

/** What reaching the goal was worth: the number at `value`, such as `properties.revenue`. */
export const goalValue = (goal: GoalRule, event: ContactEvent): number | undefined => {
  if (goal.value === undefined) return undefined;
  const found = goal.value.split('.').reduce<unknown>(member, { properties: event.properties });
  const value = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
