import type { StepWords } from '../definition.ts';
import type { EmitStep } from './schema.ts';

export const words: StepWords<EmitStep> = {
  kind: 'action',
  explain:
    'Lets an event of the contact happen, heard like any other: it may start journeys, answer waits, be a goal, end runs. What events of our own cause lies one deeper each time; deeper than eight the step is skipped (`too-deep`), so that journeys that start each other come to an end.',
  example: {
    id: 'trial-ended',
    type: 'emit',
    event: 'Trial Ended',
    properties: { plan: '{{ contact.plan | default: "basic" }}' },
  },
  describe: ({ event }) => `event "${event}"`,
};
