import type { SesAccount, SesConfigurationSet, SesIdentity, SesReader } from '#aws/ses-account';
import { readClientFolder } from '#infra/client-folder';
import type { Dns, MxRecord } from '#infra/doctor/dns/dns';
import { examine } from '#infra/doctor/examine';
import type { Finding } from '#infra/doctor/finding';
import type { Looked } from '#infra/doctor/looked';
import type { ProbedMail } from '#infra/doctor/mails/probe';

const acme = readClientFolder('acme');
export const domain = 'mail.shop.com';
const client = {
  ...(acme.client as object),
  sender: {
    domain,
    address: `mara@${domain}`,
    name: 'Mara',
    replyTo: 'hello@shop.com',
  },
  postalAddress: 'Shop Ltd., 1 Main Street, Springfield',
  publicUrl: 'https://links.shop.com',
};

export interface Zone {
  [name: string]: { txt?: string[]; mx?: MxRecord[]; cname?: string[] } | 'silence';
}
export const tokens = ['aaa', 'bbb', 'ccc'];
export const goodZone: Zone = {
  ...Object.fromEntries(
    tokens.map((token) => [`${token}._domainkey.${domain}`, { cname: [`${token}.dkim.amazonses.com`] }]),
  ),
  [`bounce.${domain}`]: {
    mx: [{ priority: 10, exchange: 'feedback-smtp.eu-central-1.amazonses.com' }],
    txt: ['v=spf1 include:amazonses.com ~all'],
  },
  'amazonses.com': { txt: ['v=spf1 ip4:199.255.192.0/22 -all'] },
  '_dmarc.shop.com': { txt: ['v=DMARC1; p=reject; rua=mailto:dmarc@shop.com'] },
  'shop.com': { mx: [{ priority: 10, exchange: 'mx.shop.com' }] },
};
const dnsOf = (zone: Zone): Dns => {
  const look = async <T>(name: string, pick: 'txt' | 'mx' | 'cname'): Promise<Looked<T[]>> => {
    const known = zone[name];
    if (known === 'silence') return { failed: 'the name server did not answer in time' };
    const found = known?.[pick];
    return found ? { found: found as T[] } : { missing: true };
  };
  return {
    txt: (name) => look(name, 'txt'),
    mx: (name) => look(name, 'mx'),
    cname: (name) => look(name, 'cname'),
  };
};

const account: SesAccount = {
  ...{ hasProductionAccess: true, sends: true, enforcement: 'HEALTHY', perDay: 50_000, perSecond: 14 },
  ...{ sentLastDay: 100, suppresses: ['BOUNCE', 'COMPLAINT'] },
};
export const identity: SesIdentity = {
  isVerified: true,
  dkim: { signs: true, status: 'SUCCESS', isEasy: true, selectors: tokens, zone: 'dkim.amazonses.com' },
  mailFrom: { domain: `bounce.${domain}`, status: 'SUCCESS' },
};
export const topic = 'arn:aws:sns:eu-central-1:111122223333:wayleaf-acme-ses-events';
const events = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY'];
export const configurationSet: SesConfigurationSet = {
  sends: true,
  destinations: [{ isEnabled: true, events, topic }],
};
export interface Told {
  account?: Partial<SesAccount>;
  identity?: SesIdentity | undefined;
  configurationSet?: SesConfigurationSet | undefined;
  owner?: string;
}
export const sesOf = (told: Told = {}): SesReader => ({
  account: async () => ({ ...account, ...told.account }),
  identity: async () => ('identity' in told ? told.identity : identity),
  configurationSet: async () => ('configurationSet' in told ? told.configurationSet : configurationSet),
  owner: async () => told.owner,
});

export const mail: ProbedMail = {
  template: 'welcome',
  html: '<p>Hi</p>Shop Ltd., 1 Main Street<a href="https://links.shop.com/u/k1.abc">out</a>',
  headers: {
    from: `"Mara" <mara@${domain}>`,
    'list-unsubscribe': '<https://links.shop.com/u/k1.abc>',
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  },
  oneClick: { status: 200, isOut: true },
};

interface Given {
  settings?: object;
  zone?: Zone;
  ses?: SesReader | { failed: string };
  mails?: ProbedMail[];
  contacts?: number;
}
export const findings = ({
  settings = {},
  zone = {},
  ses = sesOf(),
  mails = [mail],
  contacts = 1_000,
}: Given = {}) =>
  examine({
    folder: { ...acme, client: { ...client, ...settings } },
    dns: dnsOf({ ...goodZone, ...zone }),
    ses,
    volume: { contacts, mailsEach: 3, basis: 'the most' },
    probe: async () => ({ mails, unsent: [] }),
  });
export const what = (all: readonly Finding[], ...statuses: Finding['status'][]): string[] =>
  all.filter(({ status }) => statuses.includes(status)).map(({ check, says }) => `${check}: ${says}`);
export const saysOf = (all: readonly Finding[], check: string): string =>
  all
    .filter((finding) => finding.check === check)
    .map(({ status, says }) => `${status}: ${says}`)
    .join('\n');
export const sender = (changes: object) => ({ sender: { ...client.sender, ...changes } });
