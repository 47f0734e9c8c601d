import { evaluate } from '#conditions/evaluate';
import { otherwiseAnswer } from '../../compile/form.ts';
import type { Run } from '../effects.ts';
import type { DecideStep } from './schema.ts';

export const run: Run<DecideStep> = (step, { conditions }) => {
  const branch = step.branches.findIndex((candidate) => evaluate(candidate.if, conditions));
  const answer = step.branches[branch]?.answer ?? step.otherwise.answer ?? otherwiseAnswer;
  return [{ kind: 'answer', branch, answer }];
};
