import type { StepWords } from '../definition.ts';
import type { EmailStep } from './schema.ts';

export const words: StepWords<EmailStep> = {
  kind: 'action',
  explain:
    'Sends the template to the contact, if consent, suppression, caps and quiet hours allow it. A message that may not be sent is counted as skipped, with its reason, and the run goes on.',
  example: {
    id: 'welcome',
    type: 'email',
    name: 'Say hello',
    template: 'welcome',
    subject: 'Hello {{ contact.firstName | default: "there" }}',
  },
  describe: ({ template }) => `e-mail "${template}"`,
};
