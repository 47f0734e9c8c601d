import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { WebhookStep } from '../../schema.ts';

export const reservedHeader: Rule = stepRule<WebhookStep>('webhook', {
  id: 'reserved-header',
  severity: 'error',
  title: 'Some headers of a webhook are written by us',
  explain: `\`headers\` are for what the other server asks for, such as a key. Where the request goes, how long it is and its \`Idempotency-Key\` are not the author's to say.`,
  why: 'They would contradict the request that is really sent, or take away what a repeat is known by.',
  example: {
    wrong: `{ "id": "call", "type": "webhook", "url": "https://api.example.com/hooks",
  "headers": { "Host": "other.example.com" } }`,
    right: `{ "id": "call", "type": "webhook", "url": "https://api.example.com/hooks",
  "headers": { "X-Api-Key": "key_123" } }`,
  },
  check: ({ headers = {} }) =>
    Object.keys(headers)
      .filter((name) => reserved.has(name.toLowerCase()))
      .map((name) => ({
        path: ['headers', name],
        at: 'key' as const,
        message: `the header "${name}" is written by Wayleaf`,
        hint: 'remove it',
      })),
});

const reserved: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'idempotency-key',
]);
