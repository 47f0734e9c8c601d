import type { Dns } from '../dns/dns.ts';
import { type Finding, findingsOf } from '../finding.ts';
import { hostOf, type Sender } from '../sender.ts';

const answers = findingsOf('DNS', 'answers');

/** People answer mails; whoever cannot be written to looks like a forger. */
export const checkAnswers = async ({ address, replyTo = address }: Sender, dns: Dns): Promise<Finding> => {
  const host = hostOf(replyTo);
  const answer = await dns.mx(host);
  if ('failed' in answer) return answers.unknown(`MX of ${host}: ${answer.failed}.`);
  const takes = 'found' in answer && answer.found.some(({ exchange }) => exchange !== '' && exchange !== '.');
  if (takes) return answers.ok(`${host}, where answers go, takes mail.`);
  return answers.act(`Answers go to ${host}, which has no MX: they are lost.`, {
    action:
      'Publish the MX of your mail server there, or name a mailbox that is read: "sender.replyTo" in client.json.',
  });
};
