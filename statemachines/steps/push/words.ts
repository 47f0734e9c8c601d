import { shortened } from '../../../shared/kernel/words.ts';
import type { StepWords } from '../../checks/rule.ts';
import type { PushStep } from './schema.ts';

export const words: StepWords<PushStep> = {
  kind: 'action',
  explain:
    "Sends a message to the contact's telephone or browser, through the SNS platform endpoint in `contact.pushEndpoint` (an ARN of the client's own account and Region, which the app writes with `identify`). Consent, caps and quiet hours are those of the channel `push`. A contact without an endpoint is counted as skipped (`no-address`).",
  example: {
    id: 'trial-ends',
    type: 'push',
    title: 'Your trial ends tomorrow',
    body: 'Keep what you made, {{ contact.firstName | default: "dear customer" }}.',
    link: 'https://www.example.com/plans',
  },
  describe: ({ title }) => `push "${shortened(title, 80)}"`,
};
