import { type Rule, stepRule } from '../../../../checks/rule.ts';
import type { WebhookStep } from '../../schema.ts';

export const privateAddress: Rule = stepRule<WebhookStep>('webhook', {
  id: 'private-address',
  severity: 'error',
  title: 'A webhook leads to the public internet',
  explain:
    'The `url` names a server by its public name: no address of this machine or of a private network, no name and password in it. What a name or a redirect leads to is looked at again when it is called.',
  why: 'Whoever writes a journey could otherwise read what only machines inside the network may see, such as the keys of the cloud account.',
  example: {
    wrong: '{ "id": "call", "type": "webhook", "url": "https://169.254.169.254/latest/meta-data" }',
    right: '{ "id": "call", "type": "webhook", "url": "https://api.example.com/hooks" }',
  },
  check: ({ url }) => {
    const reason = URL.canParse(url) ? whyNot(new URL(url)) : undefined;
    return reason === undefined
      ? []
      : [
          {
            path: ['url'],
            message: `"${url.slice(0, 100)}" ${reason}`,
            hint: 'use the public name of the server',
          },
        ];
  },
});

/** Names that no public server has, by RFC 6761, 6762 and 8375, and what clouds call their own. */
const privateNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain|test|invalid|onion)$/;

const whyNot = ({ hostname, username, password }: URL): string | undefined => {
  const host = hostname.replace(/\.$/, '');
  if (username || password) return 'holds a name and a password; send them as a header';
  // The parser has already turned every way of writing an IPv4 address into four numbers.
  if (host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host))
    return 'is an address in numbers, not a name';
  if (!host.includes('.') || privateNames.test(host)) return 'is a name of a private network';
  return undefined;
};
