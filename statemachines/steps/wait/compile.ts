import { type StepForm, secondsOf } from '../../compile/form.ts';
import type { WaitStep } from './schema.ts';

/** A wall clock, a date of the contact and a drawn length are known only when the wait is reached. */
export const compile = (step: WaitStep): StepForm => ({
  kind: 'wait',
  symbol: 'clock',
  ...(typeof step.for === 'string' ? { seconds: secondsOf(step.for) } : longestOf(step)),
});

/** The next time of a weekday is at most eight days ahead; a date may lie anywhere. */
const longestOf = ({ for: length, until }: WaitStep): Pick<StepForm, 'longest'> => {
  if (typeof length === 'object') return { longest: secondsOf(length.between[1]) };
  return until && 'time' in until ? { longest: secondsOf('9 days') } : {};
};
