import { shortened } from '#kernel/words';
import type { StepWords } from '../definition.ts';
import type { WebhookStep } from './schema.ts';

export const words: StepWords<WebhookStep> = {
  kind: 'action',
  explain:
    'Calls a server over https, with a JSON body. Each try carries the same `Idempotency-Key`, by which the server can tell a repeat. Tried again, with growing pauses and six times in all: no answer, 408, 425, 429 and 5xx; any other answer but 2xx counts as failed at once, with its reason, and the run goes on either way. Addresses of private networks are refused, also behind a name or a redirect. An answer is read for at most 8 seconds and 64 KB, one that is saved 16 KB. In simulations and on one machine nothing is called: the answer is `{}`, or what a simulation is given (`--answers`).',
  example: {
    id: 'score',
    type: 'webhook',
    url: 'https://api.example.com/scores',
    headers: { 'X-Api-Key': 'key_123' },
    body: { email: '{{ contact.email }}', plan: '{{ contact.plan | default: "none" }}' },
    saveAs: 'score',
  },
  describe: ({ method = 'POST', url }) => `${method} ${shortAddress(url)}`,
};

const shortAddress = (url: string): string =>
  shortened(url.replace(/^https:\/\//, '').replace(/[?#].*$/, ''), 80);
