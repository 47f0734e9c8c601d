import { describe, expect, test } from 'vitest';
import type { SesAccount, SesConfigurationSet, SesIdentity, SesReader } from '#aws/ses-account';
import { readClientFolder } from '../client-folder.ts';
import type { Dns, MxRecord } from './dns/dns.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import type { Looked } from './looked.ts';
import type { ProbedMail } from './mails/probe.ts';

const acme = readClientFolder('acme');
const domain = 'mail.shop.com';
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

interface Zone {
  [name: string]: { txt?: string[]; mx?: MxRecord[]; cname?: string[] } | 'silence';
}
const tokens = ['aaa', 'bbb', 'ccc'];
const goodZone: Zone = {
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
const identity: SesIdentity = {
  isVerified: true,
  dkim: { signs: true, status: 'SUCCESS', isEasy: true, selectors: tokens, zone: 'dkim.amazonses.com' },
  mailFrom: { domain: `bounce.${domain}`, status: 'SUCCESS' },
};
const topic = 'arn:aws:sns:eu-central-1:111122223333:wayleaf-acme-ses-events';
const events = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY'];
const configurationSet: SesConfigurationSet = {
  sends: true,
  destinations: [{ isEnabled: true, events, topic }],
};
interface Told {
  account?: Partial<SesAccount>;
  identity?: SesIdentity | undefined;
  configurationSet?: SesConfigurationSet | undefined;
  owner?: string;
}
const sesOf = (told: Told = {}): SesReader => ({
  account: async () => ({ ...account, ...told.account }),
  identity: async () => ('identity' in told ? told.identity : identity),
  configurationSet: async () => ('configurationSet' in told ? told.configurationSet : configurationSet),
  owner: async () => told.owner,
});

const mail: ProbedMail = {
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
const findings = ({
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
const what = (all: readonly Finding[], ...statuses: Finding['status'][]): string[] =>
  all.filter(({ status }) => statuses.includes(status)).map(({ check, says }) => `${check}: ${says}`);
const saysOf = (all: readonly Finding[], check: string): string =>
  all
    .filter((finding) => finding.check === check)
    .map(({ status, says }) => `${status}: ${says}`)
    .join('\n');
const sender = (changes: object) => ({ sender: { ...client.sender, ...changes } });

test('a client that has done it all has nothing to do', async () => {
  const all = await findings();
  expect(what(all, 'do', 'unknown')).toEqual([]);
  expect(new Set(all.map(({ area }) => area))).toEqual(
    new Set(['client.json', 'DNS', 'alignment', 'SES', 'messages', 'price']),
  );
});

describe('client.json', () => {
  test.each<[string, object, string]>([
    ['no postal address', { postalAddress: undefined }, 'do: postalAddress: is missing.'],
    [
      'an address of another domain',
      sender({ address: 'mara@shop.com' }),
      'do: sender.address: the sender address must be of the sender domain.',
    ],
    [
      'a domain that is none',
      sender({ domain: 'Shop' }),
      'do: sender.domain: a domain in lower case, such as "mail.example.com".',
    ],
    ['a member that there is not', { postAddress: 'x' }, 'do: client.json: there is no "postAddress" here'],
  ])('with %s is told what is wrong', async (_name, settings, expected) => {
    expect(saysOf(await findings({ settings }), 'settings')).toContain(expected);
  });

  test('a domain of a provider of mailboxes cannot be one', async () => {
    const settings = sender({ domain: 'gmail.com', address: 'shop@gmail.com' });
    const zone = { '_dmarc.gmail.com': { txt: ['v=DMARC1; p=none; sp=quarantine'] } };
    const all = await findings({ settings, zone });
    expect(saysOf(all, 'sender-domain')).toMatch(/^do: gmail\.com belongs to a provider of mailboxes/);
    expect(saysOf(all, 'dmarc')).toMatch(/^do: _dmarc\.gmail\.com has p=none/);
    expect(all.flatMap(({ records = [] }) => records)).toEqual([]);
    const yahoo = await findings({
      settings: sender({ domain: 'yahoo.com', address: 'shop@yahoo.com' }),
      zone: { '_dmarc.yahoo.com': { txt: ['v=DMARC1; p=reject'] } },
    });
    expect(saysOf(yahoo, 'dmarc')).toBe(
      'do: _dmarc.yahoo.com has p=reject: receivers refuse mail from SES that says so.',
    );
  });
});

describe('DNS', () => {
  test('tells each record that is missing, as it is to be published', async () => {
    const all = await findings({
      zone: Object.fromEntries(Object.keys(goodZone).map((name) => [name, {}])),
    });
    const asked = all.filter(({ area, status }) => area === 'DNS' && status === 'do');
    expect(asked.flatMap(({ records = [] }) => records.map((r) => `${r.name} ${r.type} ${r.value}`))).toEqual(
      [
        ...tokens.map((t) => `${t}._domainkey.${domain} CNAME ${t}.dkim.amazonses.com`),
        `bounce.${domain} MX 10 feedback-smtp.eu-central-1.amazonses.com`,
        `bounce.${domain} TXT v=spf1 include:amazonses.com ~all`,
        `_dmarc.${domain} TXT v=DMARC1; p=none`,
      ],
    );
  });

  test('that does not answer is another thing than a missing record', async () => {
    const names = [...Object.keys(goodZone), domain, `_dmarc.${domain}`];
    const all = await findings({ zone: Object.fromEntries(names.map((name) => [name, 'silence' as const])) });
    expect(what(all, 'do')).toEqual([]);
    expect(what(all, 'unknown').map((line) => line.split(':')[0])).toEqual([
      ...['dkim', 'dkim', 'dkim', 'mail-from-mx', 'spf', 'dmarc', 'answers'],
    ]);
  });

  test.each<[string, Zone, string, string]>([
    [
      'two SPF records',
      { [`bounce.${domain}`]: { txt: ['v=spf1 -all', 'v=spf1 ~all'] } },
      'spf',
      `do: bounce.${domain} has 2 SPF records; receivers take none of them (RFC 7208, 4.5).`,
    ],
    [
      'two SPF records at the From domain',
      { [domain]: { txt: ['v=spf1 -all', 'v=spf1 ~all'] } },
      'spf-of-from',
      `do: ${domain} has 2 SPF records; receivers take none of them (RFC 7208, 4.5).`,
    ],
    [
      'too many look-ups',
      {
        [`bounce.${domain}`]: {
          txt: ['v=spf1 a mx a:1.x a:2.x a:3.x a:4.x a:5.x a:6.x a:7.x a:8.x include:amazonses.com ~all'],
        },
      },
      'spf',
      `do: SPF of bounce.${domain} takes more than 10 look-ups; receivers give up there (RFC 7208, 4.6.4).`,
    ],
    [
      'an SPF record without SES',
      { [`bounce.${domain}`]: { txt: ['v=spf1 mx -all'] } },
      'spf',
      `do: SPF of bounce.${domain} does not include amazonses.com.`,
    ],
    [
      'an SPF record for everybody',
      { [`bounce.${domain}`]: { txt: ['v=spf1 include:amazonses.com +all'] } },
      'spf',
      `do: SPF of bounce.${domain} ends with +all: everybody in the world may send.`,
    ],
    [
      'a second MX of the envelope',
      { [`bounce.${domain}`]: { mx: [{ priority: 5, exchange: 'mx.shop.com' }] } },
      'mail-from-mx',
      `do: The MX of bounce.${domain} leads to mx.shop.com; SES wants its own, and no other.`,
    ],
    [
      'a CNAME that leads elsewhere',
      { [`aaa._domainkey.${domain}`]: { cname: ['aaa.dkim.elsewhere.com'] } },
      'dkim',
      `do: aaa._domainkey.${domain} leads to aaa.dkim.elsewhere.com.`,
    ],
    [
      'two DMARC records',
      { '_dmarc.shop.com': { txt: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
      'dmarc',
      'do: _dmarc.shop.com has more than one DMARC record; receivers take none of them.',
    ],
    [
      'p=none',
      { '_dmarc.shop.com': { txt: ['v=DMARC1; p=none'] } },
      'dmarc',
      'note: p=none asks receivers to let forgeries of your domain through.',
    ],
    [
      'answers that go nowhere',
      { 'shop.com': {} },
      'answers',
      'do: Answers go to shop.com, which has no MX: they are lost.',
    ],
  ])('%s', async (_name, zone, check, expected) => {
    expect(saysOf(await findings({ zone }), check)).toContain(expected);
  });
});

describe('alignment', () => {
  const aligned = async (policy: string, address = `mara@${domain}`) =>
    saysOf(
      await findings({
        settings: sender({ address }),
        zone: { '_dmarc.shop.com': { txt: [`v=DMARC1; p=reject; ${policy}`] } },
      }),
      'dmarc-alignment',
    );

  test.each([
    ['', `mara@${domain}`, /^ok: DKIM .* and SPF .* both stand for mail\.shop\.com\./],
    [
      'aspf=s',
      `mara@${domain}`,
      /^ok: DKIM .* stands for mail\.shop\.com under strict alignment; SPF .* does not/,
    ],
    ['adkim=s', `mara@news.${domain}`, /^note: Only SPF .* stands for news\.mail\.shop\.com/],
    ['adkim=s; aspf=s', `mara@news.${domain}`, /^do: Neither DKIM .* DMARC fails for every mail/],
    ['', 'mara@another.org', /^do: Neither DKIM .* stands for another\.org/],
  ])('with "%s" and %s', async (policy, address, expected) => {
    expect(await aligned(policy, address)).toMatch(expected);
  });
});

describe('SES', () => {
  test('that cannot be asked says why, and judges nothing', async () => {
    const all = await findings({ ses: { failed: 'there are no AWS credentials' } });
    expect(what(all, 'do')).toEqual([]);
    expect(saysOf(all, 'account')).toBe('unknown: SES could not be asked: there are no AWS credentials.');
    expect(saysOf(all, 'dkim')).toMatch(/^unknown: Only SES knows the three tokens/);
  });

  test('of another account is not listened to', async () => {
    const all = await findings({ ses: sesOf({ owner: '999999999999' }) });
    expect(saysOf(all, 'account')).toContain(
      'the credentials are those of account 999999999999, and client.json names 111122223333',
    );
  });

  const access = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  test('that may not be asked says so', async () => {
    const ses = { ...sesOf(), account: () => Promise.reject(access) };
    expect(saysOf(await findings({ ses }), 'account')).toContain('the credentials may not ask that');
  });

  test.each<[string, Told, string, RegExp]>([
    [
      'the sandbox',
      { account: { hasProductionAccess: false } },
      'account',
      /^do: The account is in the sandbox/,
    ],
    ['a stop', { account: { enforcement: 'SHUTDOWN' } }, 'account', /^do: SES has stopped the account/],
    ['a review', { account: { enforcement: 'PROBATION' } }, 'account', /^do: The account is under review/],
    ['a quota nearly used up', { account: { sentLastDay: 45_000 } }, 'quota', /^do: 50,000 mails a day/],
    [
      'no suppression',
      { account: { suppresses: ['BOUNCE'] } },
      'suppression',
      /^do: The account does not suppress after COMPLAINT/,
    ],
    [
      'a configuration set that suppresses nothing',
      { configurationSet: { ...configurationSet, suppresses: [] } },
      'suppression',
      /^do: The configuration set wayleaf-acme does not suppress after BOUNCE and COMPLAINT/,
    ],
    ['no identity', { identity: undefined }, 'identity', /^do: SES has no identity mail\.shop\.com/],
    [
      'an identity that waits',
      { identity: { ...identity, isVerified: false } },
      'identity',
      /^do: mail\.shop\.com is not verified/,
    ],
    [
      'the envelope of SES',
      { identity: { isVerified: true, dkim: identity.dkim } },
      'mail-from',
      /^do: SES writes its own domain/,
    ],
    [
      'no configuration set',
      { configurationSet: undefined },
      'events',
      /^do: SES has no configuration set wayleaf-acme/,
    ],
    [
      'a paused one',
      { configurationSet: { ...configurationSet, sends: false } },
      'events',
      /^do: The configuration set wayleaf-acme is paused/,
    ],
    [
      'deaf ears',
      { configurationSet: { sends: true, destinations: [{ isEnabled: true, events: ['SEND'], topic }] } },
      'events',
      /^do: SES does not tell us of REJECT, BOUNCE, COMPLAINT and DELIVERY/,
    ],
  ])('%s', async (_name, told, check, expected) => {
    expect(saysOf(await findings({ ses: sesOf(told) }), check)).toMatch(expected);
  });
});

describe('mails', () => {
  const changed = (headers: object): ProbedMail => ({ ...mail, headers: { ...mail.headers, ...headers } });
  test.each<[string, ProbedMail, string, RegExp]>([
    [
      'no way out',
      changed({ 'list-unsubscribe': '<mailto:out@shop.com>' }),
      'one-click',
      /^do: The mail of template "welcome" has no List-Unsubscribe/,
    ],
    [
      'no one-click',
      changed({ 'list-unsubscribe-post': 'Yes' }),
      'one-click',
      /has no List-Unsubscribe-Post/,
    ],
    [
      'a click that fails',
      { ...mail, oneClick: { status: 404, isOut: false } },
      'one-click',
      /answers the one click with 404/,
    ],
    [
      'a click that does nothing',
      { ...mail, oneClick: { status: 200, isOut: false } },
      'one-click',
      /goes on writing/,
    ],
    ['another sender', changed({ from: 'x@gmail.com' }), 'from', /is from x@gmail\.com/],
    [
      'no postal address',
      { ...mail, text: 'https://links.shop.com/u/k1.abc' },
      'postal-address',
      /does not hold/,
    ],
    ['no link in the body', { ...mail, text: 'Shop Ltd.' }, 'way-out', /has no link to unsubscribe/],
    ['a long mail', { ...mail, html: `${mail.html}${'x'.repeat(103_000)}` }, 'size', /has 103 KB/],
  ])('with %s', async (_name, wrong, check, expected) => {
    expect(saysOf(await findings({ mails: [mail, wrong] }), check)).toMatch(expected);
  });
});

describe('price', () => {
  test('is that of both plans, and says how long one mail to everybody takes', async () => {
    const all = await findings({ contacts: 100_000 });
    expect(saysOf(all, 'ses-plan')).toBe(
      'note: 100,000 contacts a month, 3 mails each (the most): 300,000 mails. SES takes $30.00 à la carte ($0.10 per 1,000), or $48.00 on the plan that new accounts begin with ($0.16 per 1,000).',
    );
    expect(saysOf(all, 'pace')).toMatch(
      /^do: One mail to all 100,000 takes 2 hours at 14 a second, .* it takes 2 days/,
    );
  });
});
