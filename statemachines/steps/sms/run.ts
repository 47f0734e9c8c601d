import type { Run } from '../effects.ts';
import type { SmsStep } from './schema.ts';

export const run: Run<SmsStep> = ({ template, text, topic, sending }) => [
  { kind: 'send', channel: 'sms', template, text, topic, sending },
];
