import { type StepForm, secondsOf } from '../../compile/form.ts';
import type { WaitStep } from './schema.ts';

/** A wall clock, a date of the contact and a drawn length are known only when the wait is reached. */
export const compile = (step: WaitStep): StepForm => ({
  kind: 'wait',
  symbol: 'clock',
  ...(typeof step.for === 'string' && { seconds: secondsOf(step.for) }),
});
