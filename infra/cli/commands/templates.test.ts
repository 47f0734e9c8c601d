import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram, runProgram } from '../program.ts';

const mail =
  '<mjml><mj-body><mj-section><mj-column>\n{% block content %}{% endblock %}\n<mj-text>{{ brand.postalAddress }} <a href="{{ links.unsubscribe }}">Leave</a></mj-text>\n</mj-column></mj-section></mj-body></mjml>\n';
const files: Record<string, unknown> = {
  'client.json': {
    name: 'shop',
    account: '111122223333',
    region: 'eu-central-1',
    sender: { domain: 'shop.example', address: 'hello@shop.example', name: 'Shop' },
    postalAddress: 'Shop GmbH, Hauptstraße 1, 10115 Berlin',
    brand: { name: 'Shop' },
    links: { start: 'https://www.shop.example/start' },
    timezone: 'Europe/Berlin',
    channels: { email: {} },
    writeKeys: ['wk_shop'],
    alarm: 'ops@shop.example',
  },
  'layouts/main.json': { mjml: { file: 'main.mjml' } },
  'layouts/main.mjml': mail,
  'templates/hello.json': {
    channel: 'email',
    subject: "Hello, {{ contact.firstName | default: 'you' }}",
    layout: 'main',
    mjml: { file: 'hello.mjml' },
    languages: { de: { subject: 'Hallo', mjml: { file: 'hello.de.mjml' } } },
  },
  'templates/hello.mjml': '<mj-text>Hi</mj-text>\n<mj-image src="https://shop.example/a.png" />\n',
  'templates/hello.de.mjml':
    '<mj-text>Servus</mj-text>\n<mj-button href="{{ links.strat }}">Los</mj-button>\n',
  'contact.json': { email: 'udo@example.com', language: 'de' },
};

let folder: string;
const at = (name: string): string => join(folder, name);
const write = (name: string, content: unknown): void => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayleaf-templates-'));
  for (const [name, content] of Object.entries(files)) write(name, content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (...argv: string[]) => {
  const lines: string[] = [];
  const note = (text: unknown) => void lines.push(String(text));
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) =>
    spy.mockImplementation(note),
  );
  try {
    const code = await runProgram(createProgram(), ['node', 'wayleaf', ...argv]);
    return { code, text: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

describe('wayleaf check', () => {
  it('tells what is wrong with a template in the file where it was written, in all its languages', async () => {
    const { code, text } = await run('check', at('templates/hello.json'));
    expect(code).toBe(1);
    expect(text).toContain(`${at('templates/hello.mjml')}:2:1 warning image-without-alt`);
    expect(text).toContain(`${at('templates/hello.de.mjml')}:2:21 error unknown-variable`);
    expect(text).toContain('= did you mean `links.start`?');
  });

  it('tells the same for any of its files, and for the whole folder', async () => {
    for (const name of ['templates/hello.mjml', 'templates/hello.de.mjml', '.'])
      expect((await run('check', at(name))).text).toContain(':2:21 error unknown-variable');
  });

  it('tells of a layout what is wrong in it', async () => {
    write('layouts/main.mjml', mail.replace('{% block content %}{% endblock %}', '{{ brnd.name }}'));
    const { code, text } = await run('check', at('layouts/main.json'));
    write('layouts/main.mjml', mail);
    expect(code).toBe(1);
    expect(text).toContain(`${at('layouts/main.mjml')}:1:1 error invalid-block`);
    expect(text).toContain(`${at('layouts/main.mjml')}:2:4 error unknown-variable`);
  });

  it('says what is no JSON', async () => {
    write('templates/broken.json', '{ "channel": }');
    expect((await run('check', at('templates/broken.json'))).text).toContain(
      'broken.json:1:14 error not-json',
    );
    rmSync(at('templates/broken.json'));
  });
});

describe('wayleaf explain', () => {
  it('knows the codes of templates', async () => {
    expect((await run('explain', 'missing-default')).text).toContain('What may be missing has a default');
    expect((await run('explain', 'mising-default')).text).toContain('did you mean "missing-default"?');
  });
});

describe('wayleaf preview', () => {
  it('shows a file without any world, in the language of the contact', async () => {
    write('templates/hello.de.mjml', '<mj-text>Servus</mj-text>');
    const { code, text } = await run(
      'preview',
      at('templates/hello.mjml'),
      '--contact',
      at('contact.json'),
      '-o',
      at('out.html'),
    );
    expect([code, text]).toEqual([0, expect.stringMatching(/Subject: +Hallo\n.*\n?.*Servus/s)]);
    expect((await run('preview', at('templates/hello.json'))).text).toContain('Hello, Sam');
  });

  it('says why a contact would get nothing', async () => {
    write('templates/plain.json', { channel: 'email', subject: 'Hi', text: '{{ contact.plan }}' });
    const { code, text } = await run('preview', at('templates/plain.json'));
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('would get nothing: missing-variable contact.plan'),
    ]);
  });

  it('refuses what is no template, and one that has errors', async () => {
    expect(await run('preview', at('layouts/main.json'))).toMatchObject({ code: 2 });
    expect(await run('preview', 'No such')).toMatchObject({ code: 2 });
    write('templates/plain.json', { channel: 'email', subject: 'Hi', text: '{{ contact.plan' });
    expect(await run('preview', at('templates/plain.json'))).toMatchObject({
      code: 1,
      text: expect.stringContaining('plain.json:1:43 error invalid-liquid'),
    });
  });
});
