import type { Run } from '../effects.ts';
import type { EmailStep } from './schema.ts';

export const run: Run<EmailStep> = ({ template, subject, from, topic, data, sending }) => [
  { kind: 'send', channel: 'email', template, subject, from, topic, data, sending },
];
