import type { StepWords } from '../definition.ts';
import type { SplitStep } from './schema.ts';

export const words: StepWords<SplitStep> = {
  kind: 'decision',
  explain:
    'Sends each run into one of several arms by lot, so that they can be compared. The lot is drawn from the run, so that it does not change when something is tried again; with `sticky` from the contact. Messages of a `holdout` arm are counted but not sent: what its contacts do is what would have happened anyway. With `winner` the arms are compared at a few planned moments, each twice as far as the one before, by the z-test of two proportions with an error of 5 % over all moments and pairs; when one arm is better than each other one, runs take it from then on, and the report says so. Contacts of a holdout arm stay held out.',
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
  describe: ({ arms }) =>
    arms.map(({ name, weight, holdout }) => `${name} ${weight} %${holdout ? ' (held out)' : ''}`).join(' : '),
};
