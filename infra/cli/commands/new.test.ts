import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasErrors } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import { clientsFolder } from '../../client-folder.ts';
import { libraryFolder, listLibrary } from '../../library/library.ts';
import { createProgram, runProgram } from '../program.ts';
import { referencesOf } from '../references.ts';

let root = '';
let said: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wayleaf-new-'));
  cpSync(join(clientsFolder, 'acme'), join(root, 'shop'), { recursive: true });
  said = [];
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const wayleaf = (...args: string[]): Promise<number> =>
  runProgram(createProgram(), ['node', 'wayleaf', 'new', '--clients', root, ...args]);

describe('wayleaf new', () => {
  it.each(listLibrary().map(({ name }) => name))(
    'copies %s, which then checks without errors',
    async (name) => {
      expect(await wayleaf('--from', name)).toBe(0);
      const text = readFileSync(join(root, 'shop/journeys', `${name}.journey.json`), 'utf8');
      const { document, issues } = checkDocument(text, await referencesOf({ name: 'shop', root }));
      expect([document?.id, issues.filter((issue) => hasErrors([issue]))]).toEqual([name, []]);
    },
  );

  it.each(listLibrary())('says of $name what it is for', ({ about }) => expect(about).toMatch(/^.{20,}\.$/));

  it('copies what the journey needs with it', async () => {
    await wayleaf('--from', 'lead-nurturing', '--client', 'shop');
    for (const file of [
      'templates/nurture-guide.json',
      'templates/nurture-guide.mjml',
      'templates/nurture-guide.txt',
      'forms/guide-request.json',
    ])
      expect(readFileSync(join(root, 'shop', file), 'utf8')).toBe(
        readFileSync(join(libraryFolder, 'lead-nurturing', file), 'utf8'),
      );
  });

  it('copies the expectations beside the journey, with the schema for editors', async () => {
    await wayleaf('--from', 'lead-nurturing');
    expect(readFileSync(join(root, 'shop/journeys/lead-nurturing.expect.json'), 'utf8')).toBe(
      readFileSync(join(libraryFolder, 'lead-nurturing/expect.json'), 'utf8'),
    );
    expect(existsSync(join(root, 'shop/journeys/expect.schema.json'))).toBe(true);
  });

  it('adds to client.json what is missing, says so, and leaves the rest as it stands', async () => {
    const file = join(root, 'shop/client.json');
    const before = readFileSync(file, 'utf8');
    await wayleaf('--from', 'abandoned-cart');
    const after = readFileSync(file, 'utf8');
    const added = '"cart": "https://www.acme.example/cart"';
    expect(after.replace(new RegExp(`,\\s*${added}`), '')).toBe(before);
    expect(JSON.parse(after).links).toMatchObject({ cart: 'https://www.acme.example/cart' });
    expect(said.join('\n')).toContain('links.cart: "https://www.acme.example/cart"');
    expect(said.join('\n')).not.toContain('links.help');
  });

  it.each([
    [{ links: {}, brand: { name: 'Shop', website: 'shop.example' } }, 'https://www.shop.example/shop'],
    [{ links: {}, brand: { name: 'Shop' } }, 'https://mail.acme.example/shop'],
  ])('makes the address of a page of what the client says of its site', async (changes, page) => {
    const file = join(root, 'shop/client.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }));
    await wayleaf('--from', 'birthday');
    expect(JSON.parse(readFileSync(file, 'utf8')).links.shop).toBe(page);
  });

  it('adds the teams that are missing', async () => {
    const file = join(root, 'shop/client.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), teams: {} }));
    await wayleaf('--from', 'nps-survey');
    expect(JSON.parse(readFileSync(file, 'utf8')).teams).toEqual({
      support: { name: 'Support', emails: [] },
    });
  });

  it('refuses to overwrite, and then copies nothing', async () => {
    writeFileSync(join(root, 'shop/templates/nurture-story.json'), '{ "mine": true }');
    expect(await wayleaf('--from', 'lead-nurturing')).toBe(1);
    expect(said.join('\n')).toContain('nurture-story.json');
    expect(existsSync(join(root, 'shop/journeys/lead-nurturing.journey.json'))).toBe(false);
    expect(existsSync(join(root, 'shop/forms/guide-request.json'))).toBe(false);
  });

  it('copies nothing where client.json is wrong, and says what is', async () => {
    const file = join(root, 'shop/client.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), region: 'Frankfurt' }));
    expect(await wayleaf('--from', 'birthday')).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/shop\/client\.json:1:\d+ error .*"region".*an AWS Region such as/),
    ]);
    expect(existsSync(join(root, 'shop/journeys/birthday.journey.json'))).toBe(false);
  });

  it('refuses the same journey a second time', async () => {
    await wayleaf('--from', 'lead-nurturing');
    expect(await wayleaf('--from', 'lead-nurturing')).toBe(1);
    expect(said.at(-1)).toContain('lead-nurturing.journey.json');
  });

  it('lists what there is when no name is given, or a wrong one', async () => {
    expect(await wayleaf()).toBe(0);
    expect(said.join('\n')).toMatch(/lead-nurturing +Turn a downloaded guide/);
    expect(await wayleaf('--from', 'lead-nurtring')).toBe(2);
    expect(said.at(-1)).toContain('did you mean "lead-nurturing"?');
  });

  it('refuses a client that is not there', async () => {
    expect(await wayleaf('--from', 'lead-nurturing', '--client', 'shp')).toBe(2);
    expect(said.at(-1)).toContain('Clients: shop');
  });
});
