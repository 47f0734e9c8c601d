import { describe } from '#conditions/describe';
import { formBranches, type StepForm } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

export const compile = ({ question, branches, otherwise }: StepOf<'decide'>): StepForm => ({
  kind: 'decision',
  symbol: 'question',
  title: question,
  branches: formBranches(
    branches.map((branch) => ({ ...branch, note: describe(branch.if) })),
    otherwise,
  ),
});
