import { describe, expect, test } from 'vitest';
import {
  domain,
  findings,
  goodZone,
  saysOf,
  sender,
  tokens,
  what,
  type Zone,
} from '#test/builders/doctor-case';

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

describe('the address of links', () => {
  const name = 'go.shop.com';
  const certificate = `arn:aws:acm:eu-central-1:111122223333:certificate/${'0'.repeat(36)}`;

  test.each<[string, object, string]>([
    ['publicUrl', {}, 'ok: Links in mails lead to links.shop.com.'],
    [
      'a domain of the deployment',
      { publicUrl: undefined, deployment: { domain: { name, certificate } } },
      'ok: Links in mails lead to go.shop.com.',
    ],
    [
      'neither',
      { publicUrl: undefined },
      'note: Links in mails lead to the address of API Gateway, which readers do not know.',
    ],
  ])('with %s is told as it will be', async (_name, settings, expected) => {
    expect(saysOf(await findings({ settings }), 'link-host')).toBe(expected);
  });

  test('is best made by the deployment, and said so first', async () => {
    const all = await findings({ settings: { publicUrl: undefined } });
    expect(all.find(({ check }) => check === 'link-host')?.action).toMatch(
      /^Let the deployment .* "deployment": \{ "domain": \{ "name": "links\.mail\.shop\.com"/,
    );
  });
});
