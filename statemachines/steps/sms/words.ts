import { shortened } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { SmsStep } from './schema.ts';

export const words: StepWords<SmsStep> = {
  kind: 'action',
  explain:
    'Sends a text message. It is paid by the part: 160 characters alone or 153 in a row, 70 or 67 with a letter outside of GSM-7; one of more parts than `channels.sms.maxParts` of the client is skipped. Where neither the journey nor the client sets quiet hours for it, advertising by text comes from 09:00 to 20:00 by the contact’s clock. Whoever answers STOP gets none any more.',
  example: {
    id: 'reminder',
    type: 'sms',
    text: 'See you tomorrow at {{ trigger.properties.time }}. Reply STOP to opt out.',
  },
  describe: ({ text, template }) =>
    template === undefined ? `SMS "${shortened(text ?? '')}"` : `SMS "${template}"`,
};
