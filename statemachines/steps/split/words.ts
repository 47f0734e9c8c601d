import type { StepWords } from '../../checks/rule.ts';
import type { SplitStep } from './schema.ts';

export const words: StepWords<SplitStep> = {
  kind: 'decision',
  explain:
    'Sends each run into one of several arms by lot, so that they can be compared. The lot is drawn from the run, so that it does not change when something is tried again.',
  example: {
    id: 'subject-test',
    type: 'split',
    arms: [
      {
        name: 'question',
        weight: 50,
        steps: [{ id: 'mail-a', type: 'email', template: 'nudge', subject: 'Still looking?' }],
      },
      {
        name: 'proof',
        weight: 50,
        steps: [{ id: 'mail-b', type: 'email', template: 'nudge', subject: 'Half the time' }],
      },
    ],
  },
  describe: ({ arms }) => arms.map(({ name, weight }) => `${name} ${weight} %`).join(' : '),
};
