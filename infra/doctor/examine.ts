import type { SesReader } from '#aws/ses-account';
import { type Client, clientSchema } from '#model/client';
import type { ClientFolder } from '../client-folder.ts';
import { mailFromDomain, namesOf } from '../names.ts';
import { checkAnswers } from './checks/answers.ts';
import { checkDkim } from './checks/dkim.ts';
import { checkDmarc, checkForeignDmarc } from './checks/dmarc.ts';
import { checkMailFrom, checkSpfOfFrom } from './checks/mail-from.ts';
import { checkMails } from './checks/mails.ts';
import { checkPrice, type Volume } from './checks/price.ts';
import { checkSes } from './checks/ses.ts';
import { checkSettings } from './checks/settings.ts';
import type { Dns } from './dns/dns.ts';
import { type Finding, findingsOf } from './finding.ts';
import type { Probe } from './mails/probe.ts';
import { freeMailOf, type Sender, senderIn } from './sender.ts';
import { askSes, failedFacts, type SesFacts } from './ses.ts';

export interface Examination {
  folder: ClientFolder;
  dns: Dns;
  /** Undefined: nobody to ask, for the reason given. */
  ses: SesReader | { failed: string };
  volume: Volume;
  probe: (folder: ClientFolder) => Promise<Probe>;
}

/** Everything that can be said of a client's deliverability, in the order of the areas. */
export const examine = async (given: Examination): Promise<Finding[]> => {
  const { folder, dns, volume } = given;
  const sender = senderIn(folder.client);
  const client = clientSchema.safeParse(folder.client).data;
  const about = aboutOf(folder.client);
  const facts = await factsOf(given.ses, about, sender);
  return [
    ...checkSettings(folder),
    ...(sender ? await checkNames(sender, about.region, facts, dns) : []),
    ...checkSes(facts, { ...about, domain: sender?.domain ?? '' }),
    ...(await mailsOf(given, client)),
    ...checkPrice(volume, facts.account),
  ];
};

interface About {
  account: string;
  region: string;
  configurationSet: string;
}

/** Read even where the rest is wrong. */
const aboutOf = (source: unknown): About => {
  const { name, account, region } = (source ?? {}) as Record<string, unknown>;
  return {
    account: String(account),
    region: String(region),
    configurationSet: namesOf(String(name)).configurationSet,
  };
};

const factsOf = (ses: Examination['ses'], about: About, sender?: Sender): Promise<SesFacts> | SesFacts =>
  'failed' in ses
    ? failedFacts(ses.failed)
    : askSes(ses, {
        owner: about.account,
        configurationSet: about.configurationSet,
        ...(sender ? { domain: sender.domain } : {}),
      });

/** For the domain of a provider of mailboxes there is nothing to publish. */
const checkNames = async (
  sender: Sender,
  region: string,
  { identity }: SesFacts,
  dns: Dns,
): Promise<Finding[]> => {
  const foreign = freeMailOf(sender);
  if (foreign !== undefined) return [await checkForeignDmarc(foreign, dns)];
  const mailFrom = mailFromDomain(sender.domain);
  const found = await Promise.all([
    checkDkim(sender.domain, identity, dns),
    checkMailFrom({ domain: mailFrom, region, identity }, dns),
    checkSpfOfFrom(sender.host, dns),
    checkDmarc({ from: sender.host, dkim: sender.domain, mailFrom }, dns),
    checkAnswers(sender, dns),
  ]);
  return found.flat();
};

const mailsOf = async ({ folder, probe }: Examination, client: Client | undefined): Promise<Finding[]> => {
  const { unknown, act } = findingsOf('messages', 'mails');
  if (!client) return [unknown('No mail can be made before client.json is right.')];
  try {
    return checkMails(await probe(folder), client);
  } catch (error) {
    return [act(`The mails of the folder cannot be made: ${(error as Error).message}`)];
  }
};
