import type { Run } from '../effects.ts';
import type { WebhookStep } from './schema.ts';

export const run: Run<WebhookStep> = ({ url, method = 'POST', headers, body, saveAs }) => [
  { kind: 'webhook', url, method, headers, body, saveAs },
];
