import type { Rule } from '../../rule.ts';

const mostSteps = 2000;

export const tooManySteps: Rule = {
  id: 'too-many-steps',
  severity: 'error',
  title: `A journey has at most ${mostSteps} steps`,
  explain: 'All steps count, also those in branches.',
  why: 'A tree of this size is read by nobody, and its state machine comes near the megabyte that Step Functions takes. Hand over to a second journey.',
  example: {
    place: 'words',
    wrong: 'more than 2,000 steps',
    right: 'two journeys',
  },
  check: ({ steps }) =>
    steps.length <= mostSteps
      ? []
      : [
          {
            path: steps[mostSteps]!.path,
            message: `the journey has ${steps.length} steps; at most ${mostSteps} are allowed`,
            hint: 'split the journey in two',
          },
        ],
};
