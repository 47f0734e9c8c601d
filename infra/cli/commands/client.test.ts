import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readClientFolder } from '../../client-folder.ts';
import { readClientSettings } from '../../client-settings.ts';
import { createProgram, runProgram } from '../program.ts';

let root = '';
let said: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wayleaf-client-'));
  said = [];
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const wayleaf = (...args: string[]): Promise<number> =>
  runProgram(createProgram(), ['node', 'wayleaf', ...args]);
const known = {
  ...{ '--account': '222233334444', '--region': 'eu-west-1', '--domain': 'mail.globex.example' },
  ...{
    '--postal-address': 'Globex AG, Zürich',
    '--alarm': 'ops@globex.example',
    '--timezone': 'Europe/Zurich',
  },
};
const add = (name: string, flags: Record<string, string> = known): Promise<number> =>
  wayleaf('client', 'add', name, '--yes', '--clients', root, ...Object.entries(flags).flat());
const settingsOf = (name: string) => readClientSettings(readClientFolder(name, root).client);

/** A terminal at which somebody answers each question as it is asked, in the words of a script. */
const atTerminal = async (script: Readonly<Record<string, string | string[]>>, ...args: string[]) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const real = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  Object.defineProperty(process, 'stdin', { ...real, get: () => stdin });
  let shown = '';
  const left = new Map(Object.entries(script).map(([asked, words]) => [asked, [words].flat()]));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown += String(text);
    const asked = [...left.keys()].find((words) => String(text).startsWith(words));
    if (/: $/.test(String(text)))
      setImmediate(() => stdin.write(`${left.get(asked ?? '')?.shift() ?? ''}\n`));
    return true;
  });
  try {
    return { code: await wayleaf('client', 'add', ...args, '--clients', root), shown };
  } finally {
    Object.defineProperty(process, 'stdin', real);
  }
};

describe('wayleaf client add, at a terminal', () => {
  const script = {
    'AWS account, 12 digits': ['12', '222233334444'],
    'Domain that mail is sent from': 'mail.globex.example',
    'Postal address': ['', 'Globex AG, Zürich'],
    'Address for alarms': 'ops@globex.example',
  };

  it('asks for each setting, offers the usual, says what is wrong and asks again', async () => {
    const { code, shown } = await atTerminal(script, 'globex', '--timezone', 'Europe/Zurich');
    expect(code).toBe(0);
    expect(shown.match(/AWS account, 12 digits: /g)).toHaveLength(2);
    expect(shown.match(/Postal address, which the law wants in each marketing mail: /g)).toHaveLength(2);
    expect(shown).toContain('AWS Region [eu-central-1]: ');
    expect(shown).toContain('Address that mail is sent from [hello@mail.globex.example]: ');
    expect(shown).toContain('Website [https://www.globex.example]: ');
    expect(shown).not.toContain('Time zone');
    expect(said.join('\n')).toMatch(/"account" is "12"; write the 12 digits/);
    expect(said.join('\n')).toMatch(/files for globex\. Next: wayleaf doctor globex/);
    expect(settingsOf('globex')).toMatchObject({
      ...{ account: '222233334444', region: 'eu-central-1', timezone: 'Europe/Zurich' },
      sender: { address: 'hello@mail.globex.example', name: 'Globex' },
    });
  });

  it('asks nothing of whoever gave all flags', async () => {
    const flags = Object.entries({ ...known, '--from': 'hi@mail.globex.example', '--brand': 'Globex' });
    const more = ['--from-name', 'Globex', '--site', 'https://globex.example'];
    const { code, shown } = await atTerminal({}, 'globex', ...flags.flat(), ...more);
    expect([code, shown]).toEqual([0, '']);
  });
});

describe('wayleaf client add', () => {
  it('writes a folder whose settings hold, with the usual where nothing was said', async () => {
    expect(await add('globex')).toBe(0);
    expect(settingsOf('globex')).toMatchObject({
      ...{ name: 'globex', account: '222233334444', region: 'eu-west-1', timezone: 'Europe/Zurich' },
      sender: { domain: 'mail.globex.example', address: 'hello@mail.globex.example', name: 'Globex' },
      ...{ origins: ['https://www.globex.example'], alarm: 'ops@globex.example' },
    });
    expect(settingsOf('globex').writeKeys).toEqual([expect.stringMatching(/^wk_globex_\w{12}$/)]);
  });

  it('whose first journey, form and mail check without issues, and do what is expected of them', async () => {
    await add('globex');
    said = [];
    expect(await wayleaf('check', join(root, 'globex'))).toBe(0);
    expect(said.join('\n').match(/no issues/g)).toHaveLength(3);
    expect([await wayleaf('test', join(root, 'globex')), said.join('\n')]).toEqual([
      0,
      expect.stringMatching(/2 expectations hold/),
    ]);
    const { forms } = readClientFolder('globex', root);
    expect(forms['sign-up']).toMatchObject({
      consent: { text: expect.stringMatching(/^Globex may write to me/) },
      origins: ['https://www.globex.example'],
    });
  });

  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'whose expectations hold by the clock of %s',
    async (timezone) => {
      await add('globex', { ...known, '--timezone': timezone });
      expect(await wayleaf('test', join(root, 'globex'))).toBe(0);
    },
  );

  it('explains each setting beside it, and completes them in editors', async () => {
    await add('globex');
    const readme = readFileSync(join(root, 'globex/README.md'), 'utf8');
    for (const name of Object.keys(settingsOf('globex')))
      expect(
        readme.match(new RegExp(`^\\| \`${name.replace('$', '\\$')}\` \\| .+ \\| .{5,} \\|$`, 'm')) ?? name,
      ).not.toBe(name === '$schema' ? 'another' : name);
    const schema = JSON.parse(readFileSync(join(root, 'globex/client.schema.json'), 'utf8'));
    expect(schema.properties.region.pattern).toBeDefined();
  });

  it('keeps quotes of a brand in one piece', async () => {
    await add('globex', { ...known, '--brand': 'The "Globex"' });
    expect(JSON.stringify(readClientFolder('globex', root).forms)).toContain('The \\"Globex\\" may write');
  });

  it.each(['Globex', '1st', 'a_b', '', 'x'.repeat(25), '../up'])('refuses the name "%s"', async (name) => {
    expect(await add(name)).toBe(2);
    expect(said.join()).toMatch(/cannot be the name of a client: use lower case letters/);
  });

  it('refuses a folder that is there, and leaves it as it is', async () => {
    mkdirSync(join(root, 'globex'));
    writeFileSync(join(root, 'globex/mine.txt'), 'mine');
    expect(await add('globex')).toBe(1);
    expect(said.join()).toMatch(/globex is there already, and nothing was changed/);
    expect(readFileSync(join(root, 'globex/mine.txt'), 'utf8')).toBe('mine');
  });

  it('refuses all that is missing or wrong at once, by flag', async () => {
    expect(await add('globex', { '--account': '12', '--domain': 'mail' })).toBe(2);
    const text = said.join('\n');
    expect(text).toMatch(/--account "account" is "12"; write the 12 digits/);
    expect(text).toMatch(/--domain "sender.domain" is "mail"; write a domain/);
    expect(text).toMatch(/--alarm is missing: Address for alarms/);
  });

  it('refuses a neighbour that another one’s permissions would cover, or that sends from its domain', async () => {
    await add('globex');
    expect(await add('globex-labs', { ...known, '--domain': 'mail.labs.example' })).toBe(1);
    expect(await add('initech')).toBe(1);
    expect(said.join('\n')).toMatch(/both send from mail\.globex\.example/);
    expect(await add('hooli', { ...known, '--domain': 'mail.hooli.example' })).toBe(0);
    expect(said.join('\n')).toMatch(/hooli shares account 222233334444, eu-west-1 with "globex"/);
  });
});
