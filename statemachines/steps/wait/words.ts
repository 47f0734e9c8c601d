import { describeDate } from '#conditions/describe';
import { joined } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { WaitStep } from './schema.ts';

export const words: StepWords<WaitStep> = {
  kind: 'wait',
  explain:
    'Lets time pass. An exit rule or the goal ends it at once. What is already past goes on at once, and so does a date that the contact does not have.',
  example: {
    id: 'office-hours',
    type: 'wait',
    until: { time: '09:30', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  },
  describe: describeWait,
};

function describeWait(step: WaitStep): string {
  if (typeof step.for === 'string') return `wait ${step.for}`;
  if (step.for) return `wait ${step.for.between[0]} to ${step.for.between[1]}`;
  return step.until ? `wait until ${describeUntil(step.until)}` : 'wait';
}

const describeUntil = (until: NonNullable<WaitStep['until']>): string =>
  'time' in until
    ? [until.time, until.days && `on ${joined(until.days, 'or')}`, until.timezone].filter(Boolean).join(' ')
    : describeDate(until);
