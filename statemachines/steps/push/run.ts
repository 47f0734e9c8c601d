import type { Run } from '../effects.ts';
import type { PushStep } from './schema.ts';

export const run: Run<PushStep> = ({ title, body, link, topic, sending }) => [
  { kind: 'send', channel: 'push', subject: title, text: body, link, topic, sending },
];
