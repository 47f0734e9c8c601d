import { issuesOf } from '#http/zod-issues';
import { clientSchema } from '#model/client';
import type { ClientFolder } from '../../client-folder.ts';
import { type Finding, findingsOf } from '../finding.ts';
import { freeMailOf, isForExamples, type Sender, senderIn } from '../sender.ts';

/** Whether `client.json` can be right at all; what follows asks others about it. */
export const checkSettings = ({ client }: ClientFolder): Finding[] => [
  ...checkSchema(client),
  ...checkDomain(client),
];

const schema = findingsOf('client.json', 'settings');

/** What the schema's own words do not say: why, and what it is good for. */
const advice: Readonly<Record<string, string>> = {
  '/postalAddress':
    'Write the postal address of the sender: the law of many countries wants it in every marketing mail.',
  '/sender/address': 'Write an address of the sender domain: SPF, DKIM and DMARC are set up for that one.',
  '/sender/domain': 'Write a domain that you own, such as "mail.example.com".',
  '/alarm': 'Write the address of somebody who reads it.',
};

const checkSchema = (client: unknown): Finding[] => {
  const parsed = clientSchema.safeParse(client);
  if (parsed.success) return [schema.ok('client.json is complete.')];
  return issuesOf(parsed.error, clientSchema).map(({ path, message }) => {
    const member = path.slice(1).replaceAll('/', '.') || 'client.json';
    return schema.act(`${member}: ${message}.`, {
      action: advice[path] ?? `Mend "${member}" in client.json.`,
    });
  });
};

const domain = findingsOf('client.json', 'sender-domain');

const checkDomain = (client: unknown): Finding[] => {
  const sender = senderIn(client);
  if (!sender) return [domain.unknown('Without a sender domain there is nothing to ask about.')];
  const foreign = freeMailOf(sender);
  if (foreign) return [freeMail(foreign)];
  return [isForExamples(sender.domain) ? forExamples(sender) : domain.ok(`${sender.domain} sends.`)];
};

const freeMail = (host: string): Finding =>
  domain.act(
    `${host} belongs to a provider of mailboxes: SES cannot sign for it, and mailboxes refuse mail that says so.`,
    {
      action: `Send from a domain of your own, such as "mail.example.com", and let answers go to the mailbox: "replyTo": "you@${host}".`,
    },
  );

const forExamples = ({ domain: name }: Sender): Finding =>
  domain.act(`${name} is a name for examples, which nobody can register (RFC 2606).`, {
    action: 'Write your own domain into client.json: "sender.domain" and "sender.address".',
  });
