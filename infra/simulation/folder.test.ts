import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { email, journeyOf } from '#test/builders/journeys';
import { simulationFolder } from './folder.ts';

it('stands in for the pages that a journey without a client names, in its texts and in what it brings along', () => {
  const beside = mkdtempSync(join(tmpdir(), 'wayleaf-beside-'));
  mkdirSync(join(beside, 'templates'));
  const template = { channel: 'email', subject: 'Hi', text: '{{ links.guide }} {{ links.unsubscribe }}' };
  writeFileSync(join(beside, 'templates/hello.json'), JSON.stringify(template));
  const journey = journeyOf([
    email('hello'),
    { id: 'ring', type: 'push', title: 'Hi', body: 'Hi', link: '{{ links.cart }}' },
  ]);
  const text = JSON.stringify(journey);
  const linksOf = (folder: { client: unknown }) => Object.keys((folder.client as { links: object }).links);
  expect(linksOf(simulationFolder(journey, text, undefined, beside)).sort()).toEqual([
    'cart',
    'guide',
    'site',
    'trial',
  ]);
  expect(linksOf(simulationFolder(journey, text)).sort()).toEqual(['cart', 'site', 'trial']);
  rmSync(beside, { recursive: true });
});
