import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { clientsFolder, readClientFolder, WrongClient } from './client-folder.ts';
import { checkClientText } from './client-issues.ts';
import { readClientSettings } from './client-settings.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wayleaf-clients-'));
  cpSync(join(clientsFolder, 'acme'), join(root, 'second'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const change = (changes: object): void => {
  const file = join(root, 'second/client.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }));
};
const anArn = (region: string): string =>
  `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const refused = (does: () => unknown): string => {
  try {
    does();
  } catch (error) {
    if (error instanceof WrongClient) return error.message;
    throw error;
  }
  return 'nothing was refused';
};

test('all that is wrong in a client.json is told at once: where, what was found, what to write', () => {
  change({ name: 'second', region: 'Frankfurt', colour: 'red', sender: { domain: 'mail.second.example' } });
  const { client } = readClientFolder('second', root);
  const said = refused(() => readClientSettings(client, 'second/client.json'));
  expect(said.split('\n').filter((line) => line.startsWith('second/'))).toEqual([
    expect.stringMatching(
      /^second\/client\.json:1:\d+ error invalid-format "region" is "Frankfurt"; write an AWS Region/,
    ),
    expect.stringMatching(/^second\/client\.json:1:\d+ error invalid-type "sender.address" is missing$/),
    expect.stringMatching(/^second\/client\.json:1:\d+ error invalid-type "sender.name" is missing$/),
    expect.stringMatching(
      /^second\/client\.json:1:\d+ error unknown-member client.json has no member "colour"$/,
    ),
  ]);
  expect(said).toMatch(/\^{3,}/);
});

test('what is no JSON is shown where it breaks', () => {
  writeFileSync(join(root, 'second/client.json'), '{\n  "name": "second",\n  "account" "1"\n}');
  expect(refused(() => readClientFolder('second', root))).toMatch(/client\.json:3:13 error not-json/);
});

test.each([
  ['{"name":"x","senders":{}}', /has no member "senders"/, /did you mean "sender"\?/],
  ['{"retention":{"logs":31}}', /"retention.logs" is 31: use 7, 14, 30, 90, 180 or 365/, /logs: Days that/],
  [
    '{"eventsOut":{"on":true,"s3":{"keep":"soon"}}}',
    /"eventsOut.s3.keep" is "soon"; write a dur/,
    /keep: How/,
  ],
  ['{"deployment":{"tags":{"aws:x":"y"}}}', /"deployment.tags.aws:x" is no name/, /are taken/],
  ['{"brand":{"name":5}}', /"brand.name" is 5: must be text/, /and is a number/],
])('tells of %s what is wrong and what to do', (text, message, more) => {
  const { issues } = checkClientText(text);
  const found = issues.find((issue) => message.test(issue.message))!;
  expect(`${found.message} ${found.hint}`).toMatch(more);
});

test.each([
  [{ deployment: { cloudFront: {} } }, 'deployment.cloudFront', /"limits": \{ "proxies": 1 \}/],
  [
    { deployment: { domain: { name: 'go.x.example', certificate: anArn('us-east-1') } } },
    'deployment.domain.certificate',
    /the certificate is in us-east-1, and the API is in eu-central-1; ask ACM for one in eu-central-1/,
  ],
  [
    {
      publicUrl: 'https://other.example',
      deployment: { domain: { name: 'go.x.example', certificate: anArn('eu-central-1') } },
    },
    'publicUrl',
    /write "https:\/\/go\.x\.example"/,
  ],
])('refuses what does not go together: %j', (changes, member, words) => {
  change({ name: 'second', ...changes });
  const said = refused(() => readClientSettings(readClientFolder('second', root).client));
  expect(said).toContain(`"${member}"`);
  expect(said).toMatch(words);
});

test('a copied folder that still says the name of the first is refused before any stack is made', () => {
  expect(refused(() => createApp(root))).toBe(
    `${join(root, 'second/client.json')} name: it is "acme", and the folder is "second"; write the same.`,
  );
});

test('a text that a document names and that is not there is told by its file', () => {
  rmSync(join(root, 'second/templates/thank-you.mjml'));
  expect(refused(() => readClientFolder('second', root))).toContain(
    `There is no file ${join(root, 'second/templates/thank-you.mjml')}`,
  );
});
