import { formBranches, type StepForm, secondsOf } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

export const compile = ({ branches, otherwise, atMost }: StepOf<'waitFor'>): StepForm => ({
  kind: 'wait',
  symbol: 'ear',
  seconds: secondsOf(atMost),
  branches: formBranches(branches, otherwise),
});
