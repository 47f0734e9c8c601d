import { describe, describeTrigger } from '#conditions/describe';
import { formBranches, type StepForm, secondsOf } from '../../compile/form.ts';
import type { StepOf } from '../schema.ts';

export const compile = ({ branches, otherwise, atMost }: StepOf<'waitFor'>): StepForm => ({
  kind: 'wait',
  symbol: 'ear',
  seconds: secondsOf(atMost),
  branches: formBranches(
    branches.map((branch) => ({
      ...branch,
      note: note(branch),
      way: { by: 'event', on: branch.on, if: branch.if },
    })),
    { ...otherwise, note: `after ${atMost}`, way: { by: 'time' } },
  ),
});

const note = (branch: StepOf<'waitFor'>['branches'][number]): string =>
  branch.if ? `${describeTrigger(branch.on)}, if ${describe(branch.if)}` : describeTrigger(branch.on);
