import { shortened } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { PushStep } from './schema.ts';

export const words: StepWords<PushStep> = {
  kind: 'action',
  explain:
    'Sends a message to the device that the contact registered last (`POST /v1/devices`), through its SNS platform endpoint, which stands in `contact.pushEndpoint`. Consent, caps and quiet hours are those of the channel `push`. A contact without a device is counted as skipped (`no-address`); a device that SNS has disabled is dropped, and the one before it takes over.',
  example: {
    id: 'trial-ends',
    type: 'push',
    title: 'Your trial ends tomorrow',
    body: 'Keep what you made, {{ contact.firstName | default: "dear customer" }}.',
    link: 'https://www.example.com/plans',
  },
  describe: ({ title }) => `push "${shortened(title, 80)}"`,
};
