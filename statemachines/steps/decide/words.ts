import type { StepWords } from '../definition.ts';
import type { DecideStep } from './schema.ts';

export const words: StepWords<DecideStep> = {
  kind: 'decision',
  explain:
    'Asks what is true of the contact at this moment. The branches are tried in the order in which they are written; the first that is true is taken, else `otherwise`.',
  example: {
    id: 'size',
    type: 'decide',
    question: 'How large is the company?',
    branches: [
      {
        answer: '50 people or more',
        if: { contact: 'companySize', atLeast: 50 },
        steps: [{ id: 'tell-sales', type: 'notify', team: 'sales', text: 'Large company' }],
      },
    ],
    otherwise: { answer: 'Smaller', steps: [] },
  },
  describe: ({ question }) => question,
};
