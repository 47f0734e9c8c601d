import { describeTrigger } from '#conditions/describe';
import { joined } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { WaitForStep } from './schema.ts';

export const words: StepWords<WaitForStep> = {
  kind: 'wait',
  explain:
    'Waits until one of several things happens; the first that happens wins. What happened since the run began counts too, or since the step named by `since`. When none happens in time, `otherwise` is taken.',
  example: {
    id: 'reaction',
    type: 'waitFor',
    branches: [
      {
        answer: 'Bought',
        on: { event: 'Order Completed' },
        if: { trigger: 'properties.total', atLeast: 50 },
        steps: [{ id: 'thanks', type: 'email', template: 'thank-you' }],
      },
    ],
    atMost: '5 days',
    otherwise: { answer: 'Silent', steps: [] },
  },
  describe: ({ branches, atMost }) =>
    `wait at most ${atMost} for ${joined(
      branches.map(({ on }) => describeTrigger(on)),
      'or',
    )}`,
};
