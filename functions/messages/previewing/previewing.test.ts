import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';
import type { PreviewAnswer } from './request.ts';

const layout = {
  mjml: '<mjml><mj-body>{% block content %}{% endblock %}<mj-section><mj-column><mj-text>{{ brand.postalAddress }} <a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text></mj-column></mj-section></mj-body></mjml>',
};
const button = {
  mjml: '<mj-button href="{{ link }}">{{ label }}</mj-button>',
};
const inside = (words: string, label: string) =>
  `<mj-section><mj-column><mj-text>${words}</mj-text>{% render 'go', link: links.book, label: '${label}' %}</mj-column></mj-section>`;
const hello = {
  channel: 'email',
  language: 'en',
  layout: 'plain',
  subject: "Hello, {{ contact.firstName | default: 'you' }}",
  preheader: 'A word',
  mjml: inside('Hi {{ contact.plan }}', 'Book'),
  languages: { de: { subject: 'Hallo', preheader: 'Ein Wort', mjml: inside('Servus', 'Buchen') } },
};

let at: AudienceWorld;
beforeAll(async () => {
  const { client, ...folder } = readClientFolder('acme');
  const settings = { ...(client as object), testSends: { to: ['@agency.example'], perDay: 10 } };
  at = await openAudience({
    client: { ...folder, client: settings, journeys: {}, segments: {} },
  });
  await at.insist('PUT', '/v1/layouts/plain', layout);
  await at.insist('PUT', '/v1/partials/go', button);
  await at.insist('PUT', '/v1/templates/hello', hello);
  await at.identify('ada', { firstName: 'Ada', plan: 'gold' });
  await at.identify('udo', { language: 'de-AT' });
  await at.drain();
});
afterAll(() => at.close());

const preview = (body: object) => at.ask<PreviewAnswer>('POST', '/v1/templates/hello/preview', body);
const test_ = (body: object) =>
  at.ask<{ code: string; subject: string }>('POST', '/v1/templates/hello/test', body);
const colleague = 'mara@agency.example';

describe('a preview', () => {
  test('shows what this contact would get, with its layout and partials', async () => {
    const { status, json } = await preview({ contact: 'ada@example.com' });
    expect([status, json.subject, json.preheader, json.to]).toEqual([
      200,
      'Hello, Ada',
      'A word',
      'Ada <ada@example.com>',
    ]);
    expect(json.html).toContain('Hi gold');
    expect(json.html).toContain('href="https://www.acme.example/demo/book"');
    expect(json.html).toContain('Torstraße 140');
    expect(json.text).toContain('Book');
    expect(json.bytes).toBeGreaterThan((json.html ?? '').length);
  });

  test('is in the language of the contact, or in the one that is asked for', async () => {
    const german = await preview({ contact: 'udo' });
    expect([german.json.subject, german.json.language]).toEqual(['Hallo', 'de']);
    expect(german.json.html).toContain('lang="de"');
    const asked = await preview({ contact: 'udo', language: 'fr' });
    expect(asked.json).toMatchObject({ skipped: { reason: 'missing-variable', detail: 'contact.plan' } });
    expect(
      (await preview({ contact: { plan: 'x', email: 'x@example.com' }, language: 'de' })).json.subject,
    ).toBe('Hallo');
  });

  test('has no link that would change anything for the contact', async () => {
    const { json } = await preview({ contact: 'ada' });
    const [link = ''] = /https?:\/\/[^"]*\/u\/[^"]+/.exec(json.html ?? '') ?? [];
    const answer = await at.world.http({ method: 'POST', path: new URL(link).pathname } as never);
    expect(answer.status).toBe(404);
    expect((await at.contact('ada')).consent.email?.given).toBe(true);
  });

  test('shows a template that is not uploaded yet, and all that is wrong with it', async () => {
    const draft = { ...hello, mjml: inside('{{ contact.firstName | default: "x" }}', 'Try'), languages: {} };
    expect((await preview({ template: draft })).json.html).toContain('Sam');
    const broken = await preview({ template: { ...draft, layout: 'plan' } });
    expect(broken.status).toBe(422);
    expect((broken.json as unknown as { issues: unknown }).issues).toMatchObject([
      { code: 'unknown-layout', path: '/layout', hint: 'did you mean "plain"?' },
    ]);
  });

  test('refuses whom nobody knows, and strangers', async () => {
    expect((await preview({ contact: 'nobody@example.com' })).status).toBe(404);
    const path = '/v1/templates/hello/preview';
    const stranger = await at.world.http({ method: 'POST', path, body: {} } as never);
    expect(stranger.status).toBe(401);
  });
});

describe('a test mail', () => {
  test('goes to a colleague with the contact’s data, marked, and is nobody’s message', async () => {
    const before = (await at.world.outbox()).length;
    expect((await test_({ to: colleague, contact: 'ada' })).json.subject).toBe('[Test] Hello, Ada');
    const [mail, ...more] = (await at.world.outbox()).slice(before);
    expect([mail?.to, more.length]).toEqual([colleague, 0]);
    const read = await PostalMime.parse(mail?.raw ?? '');
    expect([read.subject, read.to?.map(({ address }) => address)]).toEqual([
      '[Test] Hello, Ada',
      [colleague],
    ]);
    expect(read.html).toContain('Hi gold');
    expect((await at.timeline('ada')).filter(({ kind }) => kind === 'send')).toEqual([]);
    expect(await at.mails('ada')).toEqual([]);
  });

  test('goes to nobody else, not even to the contact', async () => {
    for (const to of ['ada@example.com', 'mara@agency.example.evil.example'])
      expect((await test_({ to, contact: 'ada' })).json.code).toBe('not-a-test-address');
    expect((await test_({ to: 'a@agency.example\r\nBcc: ada@example.com' })).status).toBe(422);
    expect(await at.mails('ada')).toEqual([]);
  });

  test('says why there is nothing to send', async () => {
    expect((await test_({ to: colleague, contact: {} })).json.code).toBe('missing-variable');
  });

  test('is not sent without end', async () => {
    const to = 'busy@agency.example';
    const ask = async () => (await test_({ to, contact: { plan: 'x' } })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });
});

describe('a layout that changes', () => {
  test('changes the templates in which it stands; what would break one is refused', async () => {
    const broken = await at.ask<{ issues: { file: string; code: string }[] }>('PUT', '/v1/layouts/plain', {
      mjml: '<mjml><mj-body><mj-section></mj-section></mj-body></mjml>',
    });
    expect(broken.status).toBe(422);
    expect(broken.json.issues.map(({ code }) => code)).toContain('invalid-block');
    await at.insist('PUT', '/v1/layouts/plain', { mjml: layout.mjml.replace('Unsubscribe', 'Leave us') });
    expect((await preview({ contact: 'ada' })).json.html).toContain('Leave us');
    await at.insist('PUT', '/v1/layouts/plain', layout);
  });

  test('and a partial are not taken away while a template needs them', async () => {
    const refused = await at.ask<{ detail: string }>('DELETE', '/v1/partials/go');
    expect([refused.status, refused.json.detail]).toEqual([409, expect.stringContaining('template "hello"')]);
  });
});
