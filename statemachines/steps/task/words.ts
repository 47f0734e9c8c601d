import { shortened } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { TaskStep } from './schema.ts';

export const words: StepWords<TaskStep> = {
  kind: 'wait',
  explain:
    'Gives a person something to do, such as a call. Without outcomes the run goes on at once. With outcomes it waits for the answer and takes the branch of that name; the team’s message has a link for each. An outcome without a branch, and no answer in time, take `otherwise`.',
  example: {
    id: 'call',
    type: 'task',
    team: 'sales',
    title: 'Call {{ contact.firstName | default: "the lead" }}',
    due: '1 day',
    outcomes: ['reached', 'no answer'],
    branches: [{ answer: 'reached', steps: [{ id: 'won', type: 'update', stage: 'opportunity' }] }],
    atMost: '4 days',
    otherwise: { steps: [] },
  },
  describe: ({ team, title }) => `task for ${team}: ${shortened(title)}`,
};
