import type { StepWords } from '../definition.ts';
import type { GotoStep } from './schema.ts';

export const words: StepWords<GotoStep> = {
  kind: 'action',
  explain:
    'Goes on with another step, mostly an earlier one: a loop. Taken as often as `atMost` says in one run, over all loops around it; then the run goes on with the step after it. A loop must hold a wait on each way round. In a loop each step is done anew: a mail is sent again, a task is given again. What a `waitFor` hears counts since the run began; give it `since` to hear only what is new in each round.',
  example: {
    id: 'again',
    type: 'goto',
    name: 'Remind them again',
    step: 'first-mail',
    atMost: 2,
  },
  describe: ({ step, atMost }) => `go to "${step}", at most ${atMost === 1 ? 'once' : `${atMost} times`}`,
};
