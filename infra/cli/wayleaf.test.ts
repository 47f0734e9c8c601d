import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Ran,
  runScript,
  wayleafScript as script,
  runHere as wayleaf,
} from '#test/builders/command-line';
import release from '../../package.json' with { type: 'json' };
import { findExpectations } from './expectations/find.ts';
import { placeOf } from './files.ts';
import { createProgram } from './program.ts';

const journey = join(import.meta.dirname, '../clients/acme/journeys/demo-follow-up.journey.json');
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Through the door that a shell opens; what the commands say is asked of the program behind it. */
const asProcess = (...args: string[]): Promise<Ran> => runScript(script, ...args);

const broken = (): string => {
  const file = join(folder, 'broken.journey.json');
  const text = readFileSync(journey, 'utf8')
    .replace('"type": "waitFor"', '"type": "wait-for"')
    .replace('"message": "confirm"', '"message": "comfirm"');
  writeFileSync(file, text);
  return file;
};

describe('wayleaf', () => {
  test('says what to do where nothing is installed yet, without a stack', async () => {
    const bare = join(folder, 'bare', 'infra', 'cli', 'wayleaf.mjs');
    cpSync(script.replace('.ts', '.mjs'), bare);
    const { code, out, err } = await runScript(bare, 'check', journey);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Wayleaf brings its own Node 24 .* nothing is installed yet\. Run "npm ci" .*$/);
  });

  test('the help of every command shows no folder of this machine and no list of nothing', () => {
    const helps = createProgram().commands.flatMap((command) => [command, ...command.commands]);
    expect(helps.length).toBeGreaterThan(25);
    for (const command of helps)
      expect(command.helpInformation().replace(/\s+/g, ' '), command.name()).not.toMatch(
        /default: (?:"\/|\[\]|undefined)/,
      );
  });

  test('no command takes - for the name of a file', () => {
    const outputs = createProgram()
      .commands.flatMap((command) => [command, ...command.commands])
      .flatMap(({ options }) => options.filter(({ long }) => long === '--output'));
    expect(outputs.length).toBeGreaterThan(8);
    for (const { parseArg, description } of outputs)
      if (parseArg) expect(() => parseArg('-', undefined)).toThrow('name a place of its own');
      else expect(description).toContain('standard output, as for -');
  });

  test('--version tells the release and nothing else', async () => {
    expect(await asProcess('--version')).toEqual({ code: 0, out: release.version, err: '' });
  });

  test('check of a good journey says so and exits 0', async () => {
    expect(await asProcess('check', journey)).toMatchObject({
      code: 0,
      out: expect.stringContaining('no issues'),
    });
  });

  test('check of a broken one shows every issue with its line, a caret and a hint, and exits 1', async () => {
    const file = broken();
    const { code, out, err } = await asProcess('check', file);
    expect(code).toBe(1);
    expect(out).toMatch(/broken\.journey\.json:\d+:\d+ error unknown-type /);
    expect(out).toContain('^^^');
    expect(out).toContain('did you mean "waitFor"?');
    expect(err).not.toMatch(/ at .*\.ts:/);
    const [told] = JSON.parse((await wayleaf('check', '--json', file)).out);
    expect(told.issues[0]).toMatchObject({
      code: 'unknown-type',
      severity: 'error',
      path: expect.any(String),
    });
  });

  test('check of a file in a client’s folder wants the id to be the name of the file', async () => {
    const journeys = join(folder, 'shop', 'journeys');
    mkdirSync(journeys, { recursive: true });
    cpSync(join(dirname(dirname(journey)), 'client.json'), join(folder, 'shop', 'client.json'));
    cpSync(journey, join(journeys, 'renamed.journey.json'));
    const { code, out } = await wayleaf('check', '--json', join(journeys, 'renamed.journey.json'));
    expect(code).toBe(1);
    expect(JSON.parse(out)[0].issues.map((issue: { code: string }) => issue.code)).toContain('other-id');
  });

  test('check of whatever stands in a folder of journeys says what each is, and finds what is wrong', async () => {
    const all = readdirSync(dirname(journey)).map((name) => join(dirname(journey), name));
    expect(await wayleaf('check', ...all)).toMatchObject({ code: 0, err: '' });
    const { out } = await wayleaf('check', ...all);
    expect(out).toMatch(/journey\.schema\.json: a schema for editors/);
    expect(out).toMatch(/demo-follow-up\.expect\.json: expectations, well formed/);
    const wrong = join(folder, 'wrong.rates.json');
    writeFileSync(wrong, '{ "steps": 7 }');
    const told = await wayleaf('check', wrong, journey);
    expect(told).toMatchObject({
      code: 1,
      err: expect.stringContaining('wrong.rates.json is no file of rates'),
    });
    const [, { issues }] = JSON.parse((await wayleaf('check', '--json', wrong, journey)).out);
    expect(issues).toMatchObject([{ severity: 'error', message: expect.stringContaining('steps') }]);
  });

  test('check takes a client by its name, as test does, and says which there are', async () => {
    const { code, out, err } = await wayleaf('check', 'acme');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('infra/clients/acme/templates/demo-confirm.json: no issues');
    for (const take of [placeOf, (named: string) => findExpectations([named])])
      expect(() => take('amce')).toThrow(
        'There is no file, folder or client "amce"; did you mean "acme"? Clients: acme.',
      );
    expect(() => findExpectations(['nowhere.expect.json'])).toThrow('there is no such file');
  });

  test('check ends with how to learn more, once', async () => {
    const { out } = await wayleaf('check', broken());
    expect(out.match(/wayleaf explain/g)).toHaveLength(1);
  });

  test('check --fix repairs what is safe, says what it did and what it left, and keeps the rest as it was', async () => {
    const file = broken();
    const before = readFileSync(file, 'utf8');
    const dry = await wayleaf('check', '--fix', '--dry-run', file);
    expect(dry.out).toContain('-      "type": "wait-for",\n+      "type": "waitFor",');
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { code, out } = await wayleaf('check', '--fix', file);
    expect([code, readFileSync(file, 'utf8')]).toEqual([1, before.replace('wait-for', 'waitFor')]);
    expect(out).toContain('wrote "waitFor" for "wait-for"');
    expect(out).toContain('1 repair made');
    expect(out).toContain('did you mean "confirm"?');
  });

  test('check --fix exits 1 while something is left', async () => {
    const file = join(folder, 'left.journey.json');
    writeFileSync(file, readFileSync(journey, 'utf8').replace('"2 days"', '"2 months"'));
    const { code, out } = await wayleaf('check', '--fix', file);
    expect(code).toBe(1);
    expect(out).toContain('nothing to repair');
    expect(out).toContain('wrong-form');
  });

  test('explain tells of one code, lists all, and suggests the nearest of a wrong one', async () => {
    expect((await wayleaf('explain', 'unknown-step')).out).toContain('Wrong\n');
    expect((await wayleaf('explain')).out.split('\n').length).toBeGreaterThan(50);
    expect(await wayleaf('explain', 'unknown-stpe')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "unknown-step"?'),
    });
  });

  test('says what is wrong with a file that it cannot write', async () => {
    const { code, err } = await wayleaf('compile', journey, '-o', join(folder, 'nowhere', 'x.json'));
    expect(code).toBe(1);
    expect(err).toMatch(/^Cannot write .*x\.json: the folder .*nowhere does not exist\.$/m);
  });

  test.each([['compile'], ['picture'], ['simulate']])('refuses to %s a broken journey', async (command) => {
    const { code, out, err } = await wayleaf(command, broken());
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('unknown-type');
  });

  test('compile prints the state machine', async () => {
    const { out } = await wayleaf('compile', journey);
    expect(JSON.parse(out)).toMatchObject({ QueryLanguage: 'JSONata', StartAt: expect.any(String) });
  });

  test('picture draws SVG to standard output, and Mermaid to a file of that ending', async () => {
    expect((await wayleaf('picture', journey)).out).toMatch(/^<svg/);
    const file = join(folder, 'tree.mmd');
    expect(await wayleaf('picture', journey, '-o', file)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^(---|flowchart|graph)/);
  });

  test('picture draws PNG, and counts and rates where a report is given', async () => {
    const report = join(folder, 'report.json');
    const journeyReport = { entered: 200, steps: [{ id: 'confirm', entered: 150, answers: [] }] };
    writeFileSync(report, JSON.stringify(journeyReport));
    const svg = join(folder, 'counted.svg');
    expect((await wayleaf('picture', journey, '--report', report, '-o', svg)).code).toBe(0);
    expect(readFileSync(svg, 'utf8')).toContain('150 · 75 %');
    const png = join(folder, 'tree.png');
    expect(await wayleaf('picture', journey, '-o', png)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    expect((await wayleaf('picture', journey, '--report', journey)).err).toContain('is no report');
  });

  test.each([
    ['events that are no list', '--events', { at: '+1 day' }, 'is no list'],
    ['an event of no kind', '--events', [{ at: '+1 day', evnt: 'x' }], 'entry 1 has none of "event"'],
    ['a time it cannot read', '--events', [{ at: 'tomorrow', event: 'x' }], 'entry 1: at: write "+1 day"'],
    ['a contact that is no object', '--contact', ['ada'], 'is no object'],
    ['a consent that is none', '--contact', { consent: 'email' }, '"consent" is "email"; write a list'],
  ])('refuses to simulate %s', async (_, option, content, expected) => {
    const file = join(folder, 'walk.json');
    writeFileSync(file, JSON.stringify(content));
    const { code, out, err } = await wayleaf('simulate', journey, option, file);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(expected);
  });

  test('test holds a journey to its expectations, and exits 1 with what was expected and what came', async () => {
    const text = readFileSync(journey.replace('.journey.json', '.expect.json'), 'utf8');
    const [first] = JSON.parse(text).cases;
    const expect2 = { ...first.expect, messages: [{ step: 'confirm', at: '+0 days 11:00' }] };
    const cases = [{ ...first, expect: expect2 }];
    const file = join(folder, 'wrong.expect.json');
    const start = '2026-03-02T09:00:00Z';
    writeFileSync(file, JSON.stringify({ journey: relative(folder, journey), start, cases }));
    const { code, out } = await wayleaf('test', file);
    expect(code).toBe(1);
    expect(out).toContain('expected  confirm, at +0 days 11:00');
    expect(out).toContain('got       confirm, at +0 days 10:00 (Mon 2 Mar 10:00)');

    expect((await wayleaf('test', file, '--update')).code).toBe(0);
    expect((await wayleaf('simulate', journey, '--expect', file)).code).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).cases[0].expect).toEqual(first.expect);
  }, 60_000);

  test('test finds the expectations of a journey beside it, and says where they are to be', async () => {
    const { code, out } = await wayleaf('test', journey);
    expect([code, out]).toEqual([0, expect.stringContaining('demo-follow-up.expect.json')]);
    expect((await wayleaf('test', broken())).err).toContain('broken.expect.json');
  }, 60_000);

  test('forecast names every rate that is missing', async () => {
    const file = join(folder, 'rates.json');
    writeFileSync(file, JSON.stringify({ messages: { email: { opened: 0.3, clicked: 0.05 } } }));
    const { code, err } = await wayleaf('forecast', journey, '--audience', '100', '--rates', file);
    expect(code).toBe(1);
    expect(err).toContain('/steps/size: nothing says how many take which answer of "size"');
    expect(err).toContain('write "steps": { "call": { "reached": 0.35, "no answer": 0.35 } }');
  }, 60_000);

  test('start ends where its port is taken, and lets go of the data', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as AddressInfo;
    const data = join(folder, 'data');
    const { code, out, err } = await asProcess('start', '--port', String(port), '--data', data);
    taken.close();
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`Port ${port} is taken`);
  }, 30_000);

  test('ends quietly when nobody reads on, as with head', async () => {
    const child = spawn(process.execPath, [script, 'schema'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (said: Buffer) => {
      err += said.toString();
    });
    await once(child, 'close');
    expect(err).toBe('');
  });

  test('says of a folder that it is no file', async () => {
    const { code, err } = await wayleaf('check', folder);
    expect(code).toBe(1);
    expect(err).toContain('it is a folder');
  });

  test.each([
    ['an unknown command', ['publsh']],
    ['no file', ['check']],
    [
      'a contact for paths that have their own',
      ['simulate', journey, '--all-paths', '--contact', 'ada.json'],
    ],
    ['a picture of a kind it does not draw', ['picture', journey, '-o', 'tree.bmp']],
  ])('exits 2 for %s', async (_, args) => {
    const { code, err } = await asProcess(...args);
    expect(code).toBe(2);
    expect(err).not.toMatch(/ at .*\.ts:/);
  });
});
