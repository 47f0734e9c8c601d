import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { clientsFolder, readClientFolder, WrongClient } from './client-folder.ts';
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
const refused = (does: () => unknown): string => {
  try {
    does();
  } catch (error) {
    if (error instanceof WrongClient) return error.message;
    throw error;
  }
  return 'nothing was refused';
};

test('all that is wrong in a client.json is told at once: file, member and sentence', () => {
  change({ name: 'second', region: 'Frankfurt', colour: 'red', sender: { domain: 'mail.second.example' } });
  const { client } = readClientFolder('second', root);
  expect(refused(() => readClientSettings(client, 'second/client.json')).split('\n')).toEqual([
    expect.stringMatching(/^second\/client\.json region: /),
    'second/client.json sender.address: is missing',
    'second/client.json sender.name: is missing',
    expect.stringMatching(/^second\/client\.json: there is no "colour" here; members here: .*name, account/),
  ]);
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
