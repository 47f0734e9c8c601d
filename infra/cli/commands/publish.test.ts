import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from '#test/builders/command-line';
import { journeyOf, pause } from '#test/builders/journeys';

const folder = mkdtempSync(join(tmpdir(), 'wayleaf-publish-'));
const file = join(folder, 'rest.journey.json');
let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
});
afterAll(async () => {
  await line.close();
  rmSync(folder, { recursive: true, force: true });
});

const publish = (days: number, ...args: string[]) => {
  writeFileSync(file, JSON.stringify(journeyOf([pause('rest', `${days} days`)], { id: 'rest' })));
  return line.wayleaf('publish', file, ...args);
};
const etagOf = async (id: string): Promise<string> =>
  (await line.world.ask<{ draftEtag: string }>('GET', `/v1/journeys/${id}`)).json.draftEtag;

test('a draft that somebody else changed meanwhile is not overwritten by who says which one was read', async () => {
  expect((await publish(2)).out).toMatch(/^rest is live as version 1\./);
  const read = await etagOf('rest');
  expect((await publish(3, '--if-match', read)).out).toMatch(/^rest is live as version 2\./);
  const late = await publish(4, '--if-match', read);
  expect([late.code, late.err]).toEqual([1, expect.stringContaining('412 changed-meanwhile')]);
  const { json } = await line.world.ask('GET', '/v1/journeys/rest');
  expect(JSON.stringify(json)).toContain('3 days');
});

test('a journey that is paused is published, and said to stay paused', async () => {
  await line.wayleaf('pause', 'rest');
  expect((await publish(5)).out).toBe(
    'rest is published as version 3, and stays paused: wayleaf resume rest lets people enter.',
  );
});

test('what is no journey at all is shown as check shows it', async () => {
  writeFileSync(file, '# Rest\n');
  const { code, err } = await line.wayleaf('publish', file);
  expect([code, err]).toEqual([1, expect.stringContaining('rest.journey.json:1:1 error not-json')]);
  expect(err).toContain('1 | # Rest');
});
