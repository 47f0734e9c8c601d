import { describe, expect, it } from 'vitest';
import { aClient } from '#test/builders/message-order';
import { compileTemplate } from './compile-template.ts';
import { describeTemplate } from './describe-template.ts';

const footer = '{{ brand.postalAddress }} {{ links.unsubscribe }}';
const body = (inner: string): string =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${inner}</mj-text><mj-text>${footer}</mj-text></mj-column></mj-section></mj-body></mjml>`;
const email = (changes: object = {}): object => ({
  channel: 'email',
  subject: 'Hi',
  mjml: body('Hi'),
  ...changes,
});
const findings = async (source: unknown): Promise<string[]> =>
  (await compileTemplate('t', source, aClient())).issues.map((i) => `${i.severity} ${i.code} ${i.path}`);

describe('compiling a template', () => {
  it('turns MJML into HTML with Liquid left in place, and makes the text', async () => {
    const { template, issues } = await compileTemplate(
      't',
      email({
        mjml: body(`Hi {{ contact.firstName | default: "you" }}, <a href="{{ links.trial }}">try</a>`),
      }),
    );
    expect(issues).toEqual([]);
    expect(template?.html).toContain('Hi {{ contact.firstName | default: "you" }}');
    expect(template?.html).toContain('<table');
    expect(template?.text).toContain(
      'Hi {{ contact.firstName | default: "you" }}, try ({{ links.trial }})\n{{ brand.postalAddress }}',
    );
  });

  it("takes the client's colour where MJML wants a colour, and nothing else there", async () => {
    const coloured = (color: string) =>
      email({ mjml: body('Hi').replace('<mj-text>', `<mj-text color="${color}" padding="8px">`) });
    const { template, issues } = await compileTemplate(
      't',
      coloured("{{ brand.color | default: '#1d4ed8' }}"),
      aClient(),
    );
    expect(issues).toEqual([]);
    expect(template?.html).toContain("color:{{ brand.color | default: '#1d4ed8' }};");
    for (const color of [
      'blau',
      '{{ brand.color',
      'x{{ brand.color }}',
      '{{ brand.color }}{{ brand.color }}',
    ])
      expect(await findings(coloured(color))).toContain('error invalid-mjml /mjml');
    const wide = email({ mjml: body('Hi').replace('<mj-text>', '<mj-text padding="{{ data.padding }}">') });
    expect(await findings(wide)).toEqual(['error invalid-mjml /mjml']);
  });

  it('takes what a brand may leave out, where the template can do without', async () => {
    const { brand, ...rest } = aClient();
    const plain = { ...rest, brand: { name: brand.name } };
    const of = async (inner: string) =>
      (await compileTemplate('t', email({ mjml: body(inner) }), plain)).issues.map((i) => i.message);
    expect(await of('{{ brand.signature | default: brand.name }}{% if brand.logo %}x{% endif %}')).toEqual(
      [],
    );
    expect(await of('{{ brand.signature }}')).toEqual([
      expect.stringContaining('"brand.signature" is not in client.json'),
    ]);
    expect(await of("{{ brand.sigature | default: 'x' }}")).toEqual([
      expect.stringContaining('"brand.sigature" is not in'),
    ]);
    expect(await of("{{ links.guide | default: 'x' }}")).toEqual([
      expect.stringContaining('"links.guide" is not in'),
    ]);
  });

  it('keeps the text that the author wrote', async () => {
    expect((await compileTemplate('t', email({ text: 'Plain' }))).template?.text).toBe('Plain');
  });

  it('takes HTML, text alone, and text messages', async () => {
    expect(await findings({ channel: 'email', subject: 'S', html: `<p>${footer}</p>` })).toEqual([]);
    expect(await findings({ channel: 'email', subject: 'S', text: footer })).toEqual([]);
    expect(await findings({ channel: 'sms', text: 'x' })).toEqual([]);
  });

  it('refuses what is no template', async () => {
    for (const source of [null, 7, 'x', [], {}, { channel: 'fax' }, { channel: 'email', subject: 'S' }])
      expect(await findings(source)).not.toEqual([]);
    expect(await findings(email({ html: '<p>' }))).toContain('error custom ');
    expect(await findings(email({ subjet: 'x' }))).toEqual(['error unrecognized-keys ']);
    expect(await findings(email({ subject: 'two\nlines' }))).toEqual(['error custom /subject']);
  });

  it('refuses Liquid that cannot be read, each part by its path', async () => {
    const source = email({
      subject: '{{ contact.x',
      preheader: '{% if %}',
      mjml: body('{{ contact.x | nofilter }}'),
      text: '{% include "x" %}',
    });
    expect(await findings(source)).toEqual([
      'error invalid-liquid /subject',
      'error invalid-liquid /preheader',
      'error invalid-liquid /mjml',
      'error invalid-liquid /text',
    ]);
  });

  it('refuses names that no template has, and suggests the near one', async () => {
    const { issues } = await compileTemplate(
      't',
      email({ subject: '{{ contat.firstName }} {{ links.trail }}' }),
      aClient(),
    );
    expect(issues.map((i) => i.hint)).toEqual([
      'did you mean `contact.firstName`?',
      'did you mean `links.trial`?',
    ]);
  });

  it('refuses MJML with unknown elements, with files, or that is none', async () => {
    expect(
      await findings(
        email({ mjml: body('x').replace('<mj-text>', '<mj-txt>').replace('</mj-text>', '</mj-txt>') }),
      ),
    ).toContain('error invalid-mjml /mjml');
    expect(
      await findings(email({ mjml: '<mjml><mj-body><mj-include path="/etc/passwd"/></mj-body></mjml>' })),
    ).toEqual(['error mjml-include /mjml']);
    expect(await findings(email({ mjml: 'hello' }))).toEqual(['error invalid-mjml /mjml']);
  });

  it('refuses Liquid tags that MJML would drop', async () => {
    const mjml = body('x').replace(
      /<mj-section>[\s\S]*<\/mj-section>/,
      (section) => `{% if contact.vip %}${section}{% endif %}`,
    );
    expect(await findings(email({ mjml }))).toEqual([
      'error liquid-between-elements /mjml',
      'error liquid-between-elements /mjml',
    ]);
    const raw = mjml.replaceAll(/(\{%.*?%\})/g, '<mj-raw>$1</mj-raw>');
    expect(await findings(email({ mjml: raw }))).toEqual([]);
  });

  it('knows no field of clients without forms but the standard ones, and tells only slips of these', async () => {
    const told = async (mayHaveOthers: boolean) => {
      const text = `{{ contact.fristName | default: 'x' }} {{ contact.plan }} ${footer}`;
      const around = { contactFields: new Set(['firstName']), mayHaveOthers };
      const { issues } = await compileTemplate(
        't',
        { channel: 'email', subject: 'S', text },
        aClient(),
        around,
      );
      return issues.map(({ code, column }) => `${code} ${column}`);
    };
    expect(await told(false)).toEqual(['unknown-variable 4', 'unknown-variable 43']);
    expect(await told(true)).toEqual(['unknown-variable 4', 'missing-default 43']);
  });

  it('takes each language of a text message', async () => {
    const source = { channel: 'sms', text: 'Hi', languages: { de: { text: 'Moin' } } };
    const { template, issues } = await compileTemplate('t', source, aClient());
    expect([template, issues]).toEqual([
      { id: 't', channel: 'sms', text: 'Hi', languages: { de: { text: 'Moin' } } },
      [],
    ]);
    const wrong = { ...source, languages: { German: { text: 'Moin' } } };
    expect((await findings(wrong)).length).toBeGreaterThan(0);
  });

  it('refuses a file that is not in place', async () => {
    expect(await findings(email({ mjml: { file: 'x.mjml' } }))).toEqual(['error file-not-here /mjml']);
  });

  it('warns of mail that Gmail cuts and of letters that cost', async () => {
    expect(await findings(email({ mjml: body('x'.repeat(110_000)) }))).toEqual([
      'warning mail-clipped /mjml',
    ]);
    expect(await findings({ channel: 'sms', text: 'It’s here' })).toEqual([
      'warning sms-costly-letters /text',
    ]);
  });
});

describe('describing a template', () => {
  it('tells what a journey must give it', async () => {
    const { template } = await compileTemplate(
      't',
      email({ mjml: body('{{ contact.city }}'), topic: 'news' }),
    );
    expect(template && describeTemplate(template)).toEqual({
      channel: 'email',
      topic: 'news',
      variables: ['brand.postalAddress', 'contact.city', 'links.unsubscribe'],
      required: ['brand.postalAddress', 'contact.city', 'links.unsubscribe'],
      hasUnsubscribe: true,
    });
  });
});
