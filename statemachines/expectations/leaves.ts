import type { Simulation } from '#model/simulation';
import type { Plan } from '../compile/plan.ts';

/** The plan's leaves that a walk came by, in the order of the document. */
export const leavesReached = (
  plan: Plan,
  { timeline, ended }: Pick<Simulation, 'timeline' | 'ended'>,
): string[] => {
  const steps = new Set([...timeline.map(({ step }) => step), ...(ended.step ? [ended.step] : [])]);
  const answers = new Set(
    timeline.map(
      ({ step, answer, outcome }) => `${step}/${answer ?? (outcome === 'skipped' ? 'skipped' : '')}`,
    ),
  );
  return plan.leaves
    .filter(({ step, answer }) => {
      if (step === undefined) return ended.how === 'completed';
      return answer === undefined ? steps.has(step) : answers.has(`${step}/${answer}`);
    })
    .map(({ id }) => id);
};
