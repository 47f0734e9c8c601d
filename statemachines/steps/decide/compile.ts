import { describe } from '#conditions/describe';
import type { Condition } from '#conditions/schema';
import { formBranches, type StepForm } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

export const compile = ({ question, branches, otherwise }: StepOf<'decide'>): StepForm => ({
  kind: 'decision',
  symbol: 'question',
  title: question,
  branches: formBranches(
    branches.map((branch, i) => ({
      ...branch,
      note: describe(branch.if),
      way: { by: 'condition', holds: { all: [...noneOf(branches.slice(0, i)), branch.if] } },
    })),
    { ...otherwise, way: { by: 'condition', holds: { all: noneOf(branches) } } },
  ),
});

/** The first that is true is taken: so those before it are not. */
const noneOf = (branches: readonly { if: Condition }[]): Condition[] =>
  branches.map((branch) => ({ not: branch.if }));
