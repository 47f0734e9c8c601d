import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudienceWorld } from '#test/builders/audience-world';
import {
  type CommandLine,
  openCommandLine,
  type Ran,
  runScript,
  wayleafScript,
} from '#test/builders/command-line';

const folder = mkdtempSync(join(tmpdir(), 'wayleaf-contacts-'));
let line: CommandLine;
let world: AudienceWorld;
beforeAll(async () => {
  line = await openCommandLine();
  world = line.world;
});
afterAll(async () => {
  await line.close();
  rmSync(folder, { recursive: true, force: true });
});

const wayleaf = (...args: string[]): Promise<Ran> => line.wayleaf(...args);
const run = (...args: string[]): Promise<Ran> => runScript(wayleafScript, ...args);
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

test('show tells of somebody who got the mail of a form, and of a journey that is gone', async () => {
  const headers = { origin: 'https://www.acme.example' };
  const body = { email: 'eva@example.com', consent: 'yes' };
  await world.world.http({ method: 'POST', path: '/v1/forms/newsletter', headers, body } as never);
  await world.drain();
  const { code, out, err } = await wayleaf('contacts', 'show', 'eva@example.com');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/email confirm sent/);
  expect(out).toContain(
    'consent news: asked for, not yet confirmed by a click (form:newsletter, 2026-03-02)',
  );
});

test('an export that fails leaves the file that was there, and nothing beside it', async () => {
  const file = fileOf('keep.csv', 'mine');
  const { code, err } = await wayleaf('contacts', 'export', '-o', file, '--segment', 'nobody');
  expect([code, err]).toEqual([1, expect.stringContaining('404 unknown-segment')]);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  expect((await wayleaf('contacts', 'export', '-o', file)).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/^id,/);
  const { out } = await wayleaf('contacts', 'export', '-o', '-');
  expect([out, existsSync('-')]).toEqual([readFileSync(file, 'utf8').trim(), false]);
});

test('a folder that is not there is told in a sentence, before anything is sent', async () => {
  const nowhere = join(folder, 'nowhere', 'x.csv');
  const exported = await wayleaf('contacts', 'export', '-o', nowhere);
  expect([exported.code, exported.err]).toEqual([
    1,
    `Cannot write ${nowhere}: the folder ${join(folder, 'nowhere')} does not exist.`,
  ]);
  const people = fileOf('nowhere.csv', 'email\nnina@example.com\n');
  const imported = await wayleaf('contacts', 'import', people, '--result', nowhere);
  expect([imported.code, imported.err]).toEqual([1, expect.stringContaining('does not exist.')]);
  expect((await wayleaf('contacts', 'show', 'nina@example.com')).err).toContain('404');
});

test('what the API refuses is told with all its issues and hints', async () => {
  const { code, err } = await wayleaf('contacts', 'import', fileOf('nobody.csv', 'Farbe\nblau\n'));
  expect(code).toBe(1);
  expect(err).toContain(
    'error no-identity-column /header/0 no column says who the contact is; found "Farbe"',
  );
  expect(err).toContain('= name a column email, phone, userId or id');
});

test('an import says what it left out, which fields are new, and adds up', async () => {
  const text = 'email;Frist Name;Farbe;score\nida@example.com;Ida;blau;1.000\n;;;\nida;;;\n';
  const file = fileOf('people.csv', text);
  const { code, out } = await wayleaf('contacts', 'import', file);
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      '3 rows: 1 created, 0 updated, 0 unchanged, 1 refused, 1 empty',
      '  invalid-email: 1',
      '  left out of rows that were taken:',
      '    score:ambiguous-number: 1',
      '    = is 1.000 a thousand or one? Say --decimal , or --decimal .',
      '  fields that client.json does not name: fristName (did you mean firstName? --map "Frist Name=firstName"), Farbe',
      `What became of each row: ${file}.result.csv`,
    ],
  ]);
  const again = await wayleaf('contacts', 'import', file);
  expect(again.out).toMatch(/was imported before \(.* UTC\); nothing was done now\. --again imports it once/);
  expect(again.out).not.toContain('Farbe');
});

test('one row is a row, and words without a column that says who consented are warned of', async () => {
  const file = fileOf('one.csv', 'email,Newsletter\none@example.com,ja\n');
  const { out } = await wayleaf('contacts', 'import', file, '--consent-text', 'Write to me');
  expect(out).toMatch(/^1 row: 1 created/);
  expect(out).toContain('no column says who consented');
  expect(out).toContain('= name it consent, or say which it is: --map "Newsletter=consent"');
  const mapped = ['--consent-text', 'Write to me', '--map', 'Newsletter=consent'];
  expect((await wayleaf('contacts', 'import', file, ...mapped)).out).not.toContain('no column says');
  expect((await wayleaf('contacts', 'show', 'one@example.com')).out).toContain('consent email: given');
});

test('a wrong address is told first; a missing token with where it is kept', async () => {
  const wrong = await run('contacts', 'show', 'ada', '--url', 'nonsense', '--data', folder);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--url "nonsense" is no address')]);
  const { code, err } = await run('contacts', 'show', 'ada', '--url', line.url, '--data', folder);
  expect([code, err]).toEqual([1, expect.stringMatching(/^No admin token.*"npm start" prints it.*--data/)]);
});

test('erase does not ask where nobody sits at a terminal', async () => {
  await world.identify('max');
  await world.drain();
  expect((await wayleaf('contacts', 'erase', 'max@example.com')).out).toMatch(/ is erased/);
});
