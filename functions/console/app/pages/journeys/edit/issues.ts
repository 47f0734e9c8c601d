import type { Issue } from '#kernel/issue';
import type { StepPlace } from '../../../editor/protocol.ts';
import { stepAt } from '../../../editor/readable.ts';

export const countOf = (issues: readonly Issue[]): { errors: number; warnings: number } => {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: issues.length - errors };
};

/** What is wrong with each step of the tree; what belongs to the journey as a whole is left to the list. */
export const issuesByStep = (issues: readonly Issue[], steps: readonly StepPlace[]): Map<string, Issue[]> => {
  const places = new Map(steps.map(({ path, id }) => [path, id]));
  const found = new Map<string, Issue[]>();
  for (const issue of issues) {
    const step = issue.file === undefined ? stepAt(places, issue.path) : undefined;
    if (step !== undefined) found.set(step, [...(found.get(step) ?? []), issue]);
  }
  return found;
};
