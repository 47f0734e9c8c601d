import type { StepWords } from '../definition.ts';
import type { ExitStep } from './schema.ts';

export const words: StepWords<ExitStep> = {
  kind: 'exit',
  explain: 'Ends the run: a leaf of the tree. A run also ends after the last step of the top list.',
  example: { id: 'not-for-us', type: 'exit', as: 'Not a customer' },
  describe: ({ as }) => (as === undefined ? 'exit' : `exit as "${as}"`),
};
