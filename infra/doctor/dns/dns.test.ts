import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNameServer } from '#test/builders/name-server';
import { organizationOf, policyFor, walkTree } from './dmarc.ts';
import { createDns, type Dns } from './dns.ts';
import { readSpf } from './spf.ts';

const chain = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [
    `s${n}.acme.test`,
    { TXT: [`v=spf1 ${n < 11 ? `include:s${n + 1}.acme.test ` : ''}-all`] },
  ]),
);

let server: Awaited<ReturnType<typeof openNameServer>>;
let dns: Dns;
beforeAll(async () => {
  server = await openNameServer({
    ...chain,
    'acme.test': { TXT: ['google-site-verification=1', 'v=spf1 include:s8.acme.test a mx ~all'] },
    'long.acme.test': { TXT: [`v=spf1 ${'ip4:192.0.2.1 '.repeat(30)}-all`] },
    'two.acme.test': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] },
    'loop.acme.test': { TXT: ['v=spf1 include:loop.acme.test -all'] },
    'hole.acme.test': { TXT: ['v=spf1 include:nothing.acme.test ?all'] },
    'moved.acme.test': { TXT: ['V=SPF1 redirect=s11.acme.test'] },
    'open.acme.test': { TXT: ['v=spf1 include:%{i}.who.acme.test all'] },
    'far.acme.test': { TXT: ['v=spf1 include:broken.acme.test -all'] },
    'broken.acme.test': 'SERVFAIL',
    'silent.acme.test': 'SILENCE',
    'mail.acme.test': { MX: [[10, 'Feedback-SMTP.eu-central-1.amazonses.com']] },
    'k1._domainkey.acme.test': { CNAME: 'k1.dkim.amazonses.com' },
    '_dmarc.acme.test': { TXT: ['v=DMARC1; p=reject; sp=quarantine; aspf=s; rua=mailto:d@acme.test'] },
    '_dmarc.shop.acme.test': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
    '_dmarc.own.acme.test': { TXT: ['v=DMARC1;psd=n; p=none'] },
    '_dmarc.city.test': { TXT: ['v=DMARC1; p=none; psd=y'] },
    '_dmarc.shop.city.test': { TXT: ['v=DMARC1; p=quarantine'] },
  });
  dns = createDns({ servers: [server.address], timeoutMs: 400 });
});
afterAll(() => server.close());

describe('what a name server says', () => {
  test('is read as it is meant: texts joined, exchanges, aliases', async () => {
    expect(await dns.txt('long.acme.test')).toEqual({ found: [`v=spf1 ${'ip4:192.0.2.1 '.repeat(30)}-all`] });
    expect(await dns.mx('mail.acme.test')).toEqual({
      found: [{ priority: 10, exchange: 'Feedback-SMTP.eu-central-1.amazonses.com' }],
    });
    expect(await dns.cname('k1._domainkey.acme.test')).toEqual({ found: ['k1.dkim.amazonses.com'] });
  });

  test('that there is nothing is an answer; that nobody answers is none', async () => {
    expect(await dns.txt('nobody.acme.test')).toEqual({ missing: true });
    expect(await dns.mx('acme.test')).toEqual({ missing: true });
    expect(await dns.txt('broken.acme.test')).toEqual({ failed: 'the name server failed (SERVFAIL)' });
    const before = performance.now();
    expect(await dns.txt('silent.acme.test')).toEqual({ failed: expect.stringMatching(/answer/) });
    expect(performance.now() - before).toBeLessThan(2_000);
    const nowhere = createDns({ servers: ['127.0.0.1:9'], timeoutMs: 400 });
    expect(await nowhere.txt('acme.test')).toEqual({ failed: expect.stringMatching(/answer/) });
  });

  test('is asked once', async () => {
    await Promise.all([dns.txt('acme.test'), dns.txt('acme.test'), dns.txt('acme.test')]);
    expect(server.asked.filter((question) => question === 'TXT acme.test')).toHaveLength(1);
  });
});

describe('SPF', () => {
  test.each([
    ['acme.test', { lookups: 6, broken: [], all: '~' }],
    ['two.acme.test', { records: ['v=spf1 -all', 'v=spf1 ~all'], lookups: 0 }],
    ['s1.acme.test', { lookups: 10 }],
    ['s0.acme.test', { lookups: 11 }],
    ['loop.acme.test', { lookups: 11 }],
    ['hole.acme.test', { broken: ['nothing.acme.test'], all: '?' }],
    ['moved.acme.test', { includes: ['s11.acme.test'], lookups: 1 }],
    ['open.acme.test', { lookups: 1, all: '+' }],
  ])('of %s', async (domain, expected) => {
    const answer = await readSpf(domain, dns);
    expect(answer).toMatchObject({ found: expected });
  });

  test('whose parts cannot be read is not guessed', async () => {
    expect(await readSpf('far.acme.test', dns)).toEqual({
      failed: 'broken.acme.test: the name server failed (SERVFAIL)',
    });
    expect(await readSpf('mail.acme.test', dns)).toEqual({ missing: true });
  });
});

describe('DMARC', () => {
  const followed = async (host: string) => {
    const walk = await walkTree(host, dns);
    if (!('found' in walk)) return walk;
    const policy = policyFor(host, walk.found);
    return [policy?.record.domain, policy?.policy, organizationOf(host, walk.found)].join(' ');
  };

  test.each([
    ['acme.test', 'acme.test reject acme.test'],
    ['news.mail.acme.test', 'acme.test quarantine acme.test'],
    ['own.acme.test', 'own.acme.test none own.acme.test'],
    ['a.own.acme.test', 'own.acme.test none own.acme.test'],
    ['a.shop.city.test', 'shop.city.test quarantine shop.city.test'],
    ['a.b.c.d.e.f.g.h.i.acme.test', 'acme.test quarantine acme.test'],
    ['elsewhere.test', '  elsewhere.test'],
  ])('of %s', async (host, expected) => {
    expect(await followed(host)).toBe(expected);
  });

  test('that stands twice stands not at all', async () => {
    const walk = await walkTree('shop.acme.test', dns);
    expect(walk).toMatchObject({ found: { doubled: ['shop.acme.test'] } });
    expect(await followed('shop.acme.test')).toBe('acme.test quarantine acme.test');
  });
});
