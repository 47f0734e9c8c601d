import type { StepWords } from '../definition.ts';
import type { NotifyStep } from './schema.ts';

export const words: StepWords<NotifyStep> = {
  kind: 'action',
  explain:
    'Tells a colleague or a team, through the topic of the team. Nothing is awaited; use a task for that.',
  example: { id: 'tell-sales', type: 'notify', team: 'sales', text: 'Hot lead: {{ contact.email }}' },
  describe: ({ team }) => `tell ${team}`,
};
