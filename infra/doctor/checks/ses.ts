import type { SesAccount, SesConfigurationSet, SesIdentity } from '#aws/ses-account';
import { joined } from '#kernel/words';
import { type Finding, findingsOf } from '../finding.ts';
import type { Looked } from '../looked.ts';
import type { SesFacts } from '../ses.ts';

export interface SesNames {
  domain: string;
  configurationSet: string;
  region: string;
}

/** What SES allows the account, and whether its answers reach us. */
export const checkSes = ({ account, identity, configurationSet }: SesFacts, names: SesNames): Finding[] => [
  ...checkAccount(account),
  ...checkIdentity(identity, names),
  ...checkSuppression(account, configurationSet, names),
  ...checkEvents(configurationSet, names),
];

const account = findingsOf('SES', 'account');
const quota = findingsOf('SES', 'quota');

/** How to let it be asked. */
const howToAsk =
  "Run with credentials of the client's account (AWS_PROFILE=NAME) that may read SES, or ask the embedded world with --endpoint http://127.0.0.1:4747/aws.";

const checkAccount = (asked: Looked<SesAccount>): Finding[] => {
  if (!('found' in asked)) {
    const why = 'failed' in asked ? asked.failed : 'it said nothing';
    return [account.unknown(`SES could not be asked: ${why}.`, { action: howToAsk })];
  }
  return [tellStanding(asked.found), tellQuota(asked.found)];
};

const tellStanding = ({ hasProductionAccess, sends, enforcement }: SesAccount): Finding => {
  if (!hasProductionAccess)
    return account.act('The account is in the sandbox: only verified addresses get mail.', {
      action:
        'Ask for production access: aws sesv2 put-account-details --production-access-enabled --mail-type MARKETING --website-url URL --contact-language EN',
    });
  if (enforcement === 'SHUTDOWN' || !sends)
    return account.act('SES has stopped the account from sending.', {
      action: 'Read the review in the SES console (Account dashboard), mend its cause, and answer it there.',
    });
  if (enforcement === 'PROBATION')
    return account.act('The account is under review: SES will stop it if bounces or complaints go on.', {
      action: 'Read the review in the SES console (Account dashboard) and mend its cause.',
    });
  return account.ok('The account may send to everybody.');
};

const tellQuota = ({ perDay, perSecond, sentLastDay }: SesAccount): Finding => {
  if (perDay < 0) return quota.ok(`No daily limit; ${perSecond} mails a second.`);
  const says = `${count(perDay)} mails a day and ${count(perSecond)} a second; ${count(sentLastDay)} were sent within the last 24 hours.`;
  return sentLastDay < 0.8 * perDay
    ? quota.ok(says)
    : quota.act(says, {
        action: 'Ask for a higher sending quota in the Service Quotas console before it is used up.',
      });
};

const count = (n: number): string => n.toLocaleString('en-US');

const identityCheck = findingsOf('SES', 'identity');

const checkIdentity = (asked: Looked<SesIdentity>, { domain }: SesNames): Finding[] => {
  if ('failed' in asked) return [];
  if ('missing' in asked)
    return [identityCheck.act(`SES has no identity ${domain}.`, { action: 'Deploy: npx cdk deploy --all.' })];
  const { isVerified, dkim } = asked.found;
  return [
    isVerified
      ? identityCheck.ok(`${domain} is verified; DKIM: ${dkim.status}.`)
      : identityCheck.act(`${domain} is not verified (DKIM: ${dkim.status}), so no mail leaves.`, {
          action: 'Publish the CNAMEs of DKIM above; SES finds them within some hours, at most 72.',
        }),
  ];
};

const suppression = findingsOf('SES', 'suppression');
const wanted = ['BOUNCE', 'COMPLAINT'];

/** Wayleaf suppresses for itself; the account's list also knows what other senders of the account have met. */
const checkSuppression = (
  asked: Looked<SesAccount>,
  set: Looked<SesConfigurationSet>,
  { configurationSet: name }: SesNames,
): Finding[] => {
  if (!('found' in asked)) return [];
  const own = 'found' in set ? set.found.suppresses : undefined;
  const lacking = wanted.filter((reason) => !(own ?? asked.found.suppresses).includes(reason));
  if (lacking.length === 0)
    return [suppression.ok('Addresses that bounced or complained are held back by SES, too.')];
  const says = `${own ? `The configuration set ${name}` : 'The account'} does not suppress after ${joined(lacking)}.`;
  const action = own
    ? `aws sesv2 put-configuration-set-suppression-options --configuration-set-name ${name} --suppressed-reasons BOUNCE COMPLAINT`
    : 'aws sesv2 put-account-suppression-attributes --suppressed-reasons BOUNCE COMPLAINT';
  return [suppression.act(says, { action })];
};

const events = findingsOf('SES', 'events');
const needed = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY'];

/** Without them no bounce is heard and no lost answer is settled. */
const checkEvents = (asked: Looked<SesConfigurationSet>, { configurationSet: name }: SesNames): Finding[] => {
  if ('failed' in asked) return [];
  const action = 'Deploy again: npx cdk deploy --all.';
  if ('missing' in asked) return [events.act(`SES has no configuration set ${name}.`, { action })];
  const { sends, destinations } = asked.found;
  if (!sends)
    return [
      events.act(`The configuration set ${name} is paused: no mail leaves.`, {
        action: `When you know why: aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
      }),
    ];
  const heard = destinations.filter(
    ({ isEnabled, topic }) => isEnabled && topic?.endsWith(`${name}-ses-events`),
  );
  const lacking = needed.filter((type) => !heard.some((destination) => destination.events.includes(type)));
  return lacking.length === 0
    ? [events.ok('Sends, deliveries, bounces and complaints are told to us.')]
    : [events.act(`SES does not tell us of ${joined(lacking)}.`, { action })];
};
