import type { StepWords } from '../../checks/rule.ts';
import type { DecideStep } from './schema.ts';

export const words: StepWords<DecideStep> = {
  kind: 'decision',
  explain:
    'Asks what is true of the contact at this moment. The branches are tried in the order in which they are written; the first that is true is taken, else `otherwise`.',
  describe: ({ question }) => question,
};
