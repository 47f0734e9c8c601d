import { formBranches, type StepForm, secondsOf } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

/** Longest life of an execution of Step Functions. */
const year = '365 days';

/** With outcomes it waits for the answer; without it is given and the run goes on. */
export const compile = (step: StepOf<'task'>): StepForm => {
  const { outcomes, branches = [], otherwise = { steps: [] }, atMost = year } = step;
  if (!outcomes) return { kind: 'action', symbol: 'person' };
  const unmatched = outcomes.some((outcome) => !branches.some(({ answer }) => answer === outcome));
  return {
    kind: 'wait',
    symbol: 'person',
    acts: true,
    seconds: secondsOf(atMost),
    branches: formBranches(
      branches.map((branch) => ({ ...branch, way: { by: 'outcome', outcome: branch.answer } })),
      { ...otherwise, note: `after ${atMost}`, way: { by: 'time' } },
    ),
    ...(unmatched && { unmatched }),
  };
};
