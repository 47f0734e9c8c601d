import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import { openNameServer, type Zone } from '#test/builders/name-server';

const script = join(import.meta.dirname, '../wayleaf.ts');
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-doctor-'));
const domain = 'mail.shop.com';
let world: World;
let url: string;
let names: Awaited<ReturnType<typeof openNameServer>>;

/** With one template: the others would only take time. */
const copyClient = (name: string): void => {
  for (const parts of ['layouts', 'partials'])
    cpSync(join(clientsFolder, 'acme', parts), join(folder, name, parts), { recursive: true });
  mkdirSync(join(folder, name, 'templates'), { recursive: true });
  const mails = readdirSync(join(clientsFolder, 'acme/templates')).filter((file) =>
    file.startsWith('thank-you.'),
  );
  for (const file of ['client.json', ...mails.map((mail) => `templates/${mail}`)])
    cpSync(join(clientsFolder, 'acme', file), join(folder, name, file));
};
const changeClient = (name: string, changes: object): void => {
  const file = join(folder, name, 'client.json');
  const client = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...client, name, ...changes }));
};
const published: Zone = {
  [`bounce.${domain}`]: {
    TXT: ['v=spf1 include:amazonses.com ~all'],
    MX: [[10, 'feedback-smtp.eu-central-1.amazonses.com']],
  },
  'amazonses.com': { TXT: ['v=spf1 ip4:199.255.192.0/22 -all'] },
  '_dmarc.shop.com': { TXT: ['v=DMARC1; p=quarantine'] },
  'shop.com': { MX: [[10, 'mx.shop.com']] },
};
const sender = { domain, address: `mara@${domain}`, name: 'Mara', replyTo: 'hello@shop.com' };

beforeAll(async () => {
  for (const name of ['shop', 'wrong']) copyClient(name);
  changeClient('shop', { sender, publicUrl: 'https://links.shop.com' });
  changeClient('wrong', { postalAddress: undefined });
  world = await createWorld({ client: join(folder, 'shop'), seed: 1 });
  ({ url } = await world.listen({ port: 0 }));
  names = await openNameServer(published);
});
afterAll(async () => {
  await names.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const doctor = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const all = [script, 'doctor', '--clients', folder, '--dns', names.address, ...args];
    const env = { ...process.env, AWS_EC2_METADATA_DISABLED: 'true', WAYLEAF_ADMIN_TOKEN: world.adminToken };
    execFile(process.execPath, all, { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test('asks the domain name system and SES, tries the mails, and exits 1 while something is to do', async () => {
  const { code, out } = await doctor(
    'shop',
    '--endpoint',
    `${url}/aws`,
    '--url',
    url,
    '--contacts',
    '100,000',
  );
  expect(out).toMatch(
    /^DNS\n {2}do this {9}A CNAME of DKIM is missing\.\n +Publish it:\n +(\w{32})\._domainkey\.mail\.shop\.com\. {2}CNAME {2}\1\.dkim\.amazonses\.com\.\n/m,
  );
  expect(out).toContain(`ok              SPF of bounce.${domain} lets SES send, with 1 of 10 look-ups.`);
  expect(out).toContain('ok              The account may send to everybody.');
  expect(out).toMatch(/ok {14}Unsubscribing by one click \(RFC 8058\) was tried and works \(1 mail\)\./);
  expect(out).toMatch(/\nshop: 3 things to do\.\n$/);
  expect(code).toBe(1);
});

test('exits 0 when nothing is left to do, and answers JSON', async () => {
  const identity = await (await fetch(`${url}/v2/email/identities/${domain}`)).json();
  const { Tokens } = (identity as { DkimAttributes: { Tokens: string[] } }).DkimAttributes;
  const complete = await openNameServer({
    ...published,
    ...Object.fromEntries(
      Tokens.map((token) => [`${token}._domainkey.${domain}`, { CNAME: `${token}.dkim.amazonses.com` }]),
    ),
  });
  const { code, out } = await doctor('shop', '--endpoint', `${url}/aws`, '--json', '--dns', complete.address);
  await complete.close();
  const { client, findings } = JSON.parse(out);
  expect(findings.filter(({ status }: { status: string }) => !['ok', 'note'].includes(status))).toEqual([]);
  expect([client, code]).toEqual(['shop', 0]);
});

test('says what is wrong with client.json, and goes on', async () => {
  const { code, out } = await doctor('wrong');
  expect(out).toContain('do this         postalAddress: is missing.');
  expect(out).toContain('could not look  SES could not be asked: there are no AWS credentials.');
  expect(out).toContain('could not look  No mail can be made before client.json is right.');
  expect(code).toBe(1);
});

test.each([
  [['nobody'], /There is no client "nobody"/],
  [['shop', '--contacts', 'many'], /Write a whole number/],
  [['shop', '--endpoint', 'ses'], /"ses" is no address/],
])('refuses %j', async (args, expected) => {
  const { code, err } = await doctor(...args);
  expect(err).toMatch(expected);
  expect(code).toBe(2);
});
