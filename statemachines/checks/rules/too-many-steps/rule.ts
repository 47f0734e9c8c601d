import type { Rule } from '../../rule.ts';

const mostSteps = 2000;

export const tooManySteps: Rule = {
  id: 'too-many-steps',
  severity: 'error',
  title: `A journey has at most ${mostSteps} steps`,
  explain: 'A state machine may have one megabyte, and a tree of this size is read by nobody.',
  example: { wrong: `more than ${mostSteps} steps`, right: 'two journeys' },
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
