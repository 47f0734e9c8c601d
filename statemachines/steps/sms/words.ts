import { shortened } from '../../../shared/kernel/words.ts';
import type { StepWords } from '../../checks/rule.ts';
import type { SmsStep } from './schema.ts';

export const words: StepWords<SmsStep> = {
  kind: 'action',
  explain:
    'Sends a text message. Each 160 characters (70 with letters outside of GSM-7) are paid as one part.',
  example: {
    id: 'reminder',
    type: 'sms',
    text: 'See you tomorrow at {{ trigger.properties.time }}. Reply STOP to opt out.',
  },
  describe: ({ text, template }) =>
    template === undefined ? `SMS "${shortened(text ?? '')}"` : `SMS "${template}"`,
};
