import type { StepWords } from '../../checks/rule.ts';
import type { SplitStep } from './schema.ts';

export const words: StepWords<SplitStep> = {
  kind: 'decision',
  explain:
    'Sends each run into one of several arms by lot, so that they can be compared. The lot is drawn from the run, so that it does not change when something is tried again.',
  describe: ({ arms }) => arms.map(({ name, weight }) => `${name} ${weight} %`).join(' : '),
};
