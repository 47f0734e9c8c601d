import { expect, test } from 'vitest';
import type { OutboxMessage } from '#infra/local/mail/view';
import type { Contact } from '#model/contact';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();

const news = {
  name: 'Newsletter',
  fields: { email: { type: 'email', required: true }, firstName: { type: 'text' } },
  consent: { field: 'agree', value: 'yes', channel: 'email', text: 'Acme may write to me <b>monthly</b>.' },
  origins: ['https://www.acme.example'],
  doubleOptIn: true,
};
const welcome = {
  id: 'welcome',
  enter: { on: [{ form: 'news' }], if: { consent: 'email' } },
  steps: [{ id: 'hello', type: 'email', template: 'thank-you' }],
};
/** Asks nothing before it writes, and would even send receipts. */
const eager = {
  id: 'eager',
  enter: { on: [{ form: 'news' }] },
  sending: { class: 'transactional' },
  steps: [{ id: 'receipt', type: 'email', template: 'thank-you' }],
};

const openNews = async (form: object = {}): Promise<AudienceWorld> => {
  const world = await open();
  await world.insist('PUT', '/v1/forms/news', { ...news, ...form });
  await world.publish(welcome);
  await world.publish(eager);
  return world;
};
const post = async ({ world }: AudienceWorld, more: object = {}, form = 'news') => {
  const body = { email: 'ada@example.com', firstName: 'Ada', agree: 'yes', ...more };
  const headers = { origin: 'https://www.acme.example' };
  const { status } = await world.http({ method: 'POST', path: `/v1/forms/${form}`, headers, body } as never);
  return status;
};
const mailsTo = async ({ world }: AudienceWorld, to = 'ada@example.com'): Promise<OutboxMessage[]> =>
  (await world.outbox()).filter((mail) => mail.to.includes(to));
const subjects = async (world: AudienceWorld) => (await mailsTo(world)).map(({ subject }) => subject);
const linkIn = ({ text = '' }: OutboxMessage, name = 'confirm'): string =>
  new URL(new RegExp(`https?://\\S+/${name}/\\S+`).exec(text)?.[0] ?? 'none:').pathname;
const contactOf = ({ insist }: AudienceWorld, email = 'ada@example.com') =>
  insist<Contact>('GET', `/v1/contacts?email=${encodeURIComponent(email)}`);
const sendsOf = async (world: AudienceWorld) => {
  const { id } = await contactOf(world);
  const { entries } = await world.insist<{ entries: { kind: string; text: string }[] }>(
    'GET',
    `/v1/contacts/${id}/timeline`,
  );
  return entries.filter(({ kind }) => kind === 'send').map(({ text }) => text);
};
const asked = 'Please confirm your e-mail address';
const follow = ({ world }: AudienceWorld, path: string, method: 'GET' | 'POST', headers = {}) =>
  world.http({ method, path, headers } as never);

test('one mail asks, and nothing else is sent before the click', async () => {
  const world = await openNews();
  expect(await post(world)).toBe(202);
  await world.drain();
  expect(await subjects(world)).toEqual([asked]);
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false, pending: 'address' });
  await world.advance('10 days');
  expect(await subjects(world)).toEqual([asked]);
  expect(await sendsOf(world)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^email receipt skipped \(unconfirmed\)/)]),
  );
});

test('the mail shows the words agreed to, nothing that was typed, no pixel and a way out', async () => {
  const world = await openNews();
  await post(world, { firstName: 'Buy at spam.example' });
  await world.drain();
  const [mail] = await mailsTo(world);
  expect(mail?.html).toContain('Acme may write to me &lt;b&gt;monthly&lt;/b&gt;.');
  expect(mail?.raw).not.toMatch(/spam\.example|\/o\//);
  expect((await follow(world, linkIn(mail!, 'u'), 'POST')).status).toBe(200);
  expect((await contactOf(world)).suppressed.email?.reason).toBe('unsubscribe');
});

test('a GET changes nothing, however often scanners come; the button does', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  const link = linkIn((await mailsTo(world))[0]!);
  for (let i = 0; i < 3; i++) {
    const shown = await follow(world, link, 'GET', { accept: 'text/html' });
    expect([shown.status, shown.text.includes('<form method="post">')]).toEqual([200, true]);
    expect(shown.text).toContain('Acme may write to me &lt;b&gt;monthly&lt;/b&gt;.');
  }
  expect((await contactOf(world)).consent.email?.given).toBe(false);
  const done = await follow(world, link, 'POST');
  expect([done.status, done.json()]).toEqual([200, { status: 'confirmed' }]);
  await world.drain();
  expect(await subjects(world)).toHaveLength(2);
  const again = await follow(world, link, 'POST');
  await world.drain();
  expect([again.json(), (await subjects(world)).length]).toEqual([{ status: 'confirmed' }, 2]);
});

test('the link opened once more says what is so now, to people and programs', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  const link = linkIn((await mailsTo(world))[0]!);
  await follow(world, link, 'POST');
  const page = await follow(world, link, 'GET', { accept: 'text/html' });
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('<h1>Confirmed</h1>')]);
  const told = await follow(world, link, 'GET', { accept: 'application/json' });
  expect([told.status, told.json()]).toEqual([200, { status: 'confirmed' }]);
  expect((await follow(world, link, 'POST', { accept: 'text/html' })).status).toBe(200);
});

test('the click starts the journeys that asked for consent, with what was posted', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  await follow(world, linkIn((await mailsTo(world))[0]!), 'POST');
  await world.drain();
  const report = await world.report('welcome');
  expect(report).toMatchObject({ entered: 1 });
  expect((await mailsTo(world))[1]?.text).toContain('Ada');
});

test('an impatient reader confirms once', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  const link = linkIn((await mailsTo(world))[0]!);
  const answers = await Promise.all(Array.from({ length: 6 }, () => follow(world, link, 'POST')));
  await world.drain();
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 200));
  expect([(await subjects(world)).length, (await world.report('welcome')).entered]).toEqual([2, 1]);
});

test('every word stands in the ledger, with its channel, text, time and origin', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  await follow(world, linkIn((await mailsTo(world))[0]!), 'POST');
  const { id } = await contactOf(world);
  const said = { channel: 'email', source: 'form:news', text: news.consent.text, origin: news.origins[0] };
  const { entries } = await world.insist<{ entries: object[] }>('GET', `/v1/contacts/${id}/consent`);
  expect(entries).toMatchObject([
    { ...said, given: false, pending: 'address', at: '2026-03-02T09:00:00.000Z' },
    { ...said, given: true, askedAt: '2026-03-02T09:00:00.000Z' },
  ]);
});

test('who never clicks gets nothing, also after the question has lapsed', async () => {
  const world = await openNews({ doubleOptIn: { validFor: '2 days' } });
  const steps = [
    { id: 'rest', type: 'wait', for: '5 days' },
    { id: 'receipt', type: 'email', template: 'thank-you' },
  ];
  await world.publish({ ...eager, id: 'late', steps });
  await post(world);
  await world.advance('6 days');
  expect(await subjects(world)).toEqual([asked]);
});

test('who leaves by the mail that asks is asked no more', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  await follow(world, linkIn((await mailsTo(world))[0]!, 'u'), 'POST');
  for (let i = 0; i < 3; i++) {
    await world.advance('40 days');
    await post(world, { firstName: `Once more ${i}` });
  }
  await world.drain();
  expect(await subjects(world)).toEqual([asked]);
});

test('spellings of one mailbox are asked once', async () => {
  const world = await openNews();
  const spellings = ['bomb@gmail.com', 'b.o.m.b@gmail.com', 'bomb+1@googlemail.com', 'bomb+2@gmail.com'];
  for (const email of spellings) await post(world, { email });
  await world.drain();
  await world.advance('12 hours');
  await post(world, { email: 'bomb+3@gmail.com' });
  await world.drain();
  expect((await world.world.outbox()).map(({ subject }) => subject)).toEqual([asked]);
});

test('however often one address is posted, it is asked again only after two days without posts, then eight', async () => {
  const world = await openNews();
  await world.insist('PUT', '/v1/forms/other', { ...news, name: 'Other' });
  for (let i = 0; i < 12; i++) await post(world, { firstName: `Ada ${i}` }, i % 2 ? 'news' : 'other');
  await world.drain();
  expect(await subjects(world)).toEqual([asked]);
  const asksAfter = async (wait: string): Promise<number> => {
    await world.advance(wait);
    for (let k = 0; k < 2; k++) await post(world, { firstName: `After ${wait} ${k}` });
    await world.drain();
    return (await subjects(world)).length;
  };
  expect([await asksAfter('25 hours'), await asksAfter('40 hours'), await asksAfter('2 days')]).toEqual([
    1, 1, 2,
  ]);
  expect([await asksAfter('3 days'), await asksAfter('7 days'), await asksAfter('8 days')]).toEqual([
    2, 2, 3,
  ]);
});

test('an address that complained is not asked', async () => {
  const world = await openNews();
  await post(world);
  await world.drain();
  const [mail] = await mailsTo(world);
  await world.world.feedback({ sendId: mail!.sendId!, type: 'complaint' });
  await world.advance('2 days');
  await post(world, { firstName: 'Once more' });
  await world.drain();
  expect(await subjects(world)).toEqual([asked]);
  expect((await sendsOf(world)).at(-1)).toMatch(/^email confirm skipped \(suppressed\)/);
});

test('who agreed before is not asked again, and loses nothing by a stranger’s post', async () => {
  const world = await openNews();
  await world.identify('bob', { email: 'ada@example.com' });
  await world.drain();
  await post(world);
  await world.drain();
  expect((await contactOf(world)).consent.email).toMatchObject({ given: true, source: 'identify' });
  expect(await subjects(world)).not.toContain(asked);
});

test('a known customer’s receipts go on while a stranger’s post waits', async () => {
  const world = await openNews();
  await world.identify('bob', { email: 'ada@example.com', consent: [] });
  await world.drain();
  await post(world);
  await world.drain();
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false, pending: 'consent' });
  expect(await sendsOf(world)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^email receipt sent/)]),
  );
});

test('who never clicks is a contact without consent in the end', async () => {
  const world = await openNews();
  await post(world);
  await world.advance('31 days');
  await world.publish({ ...eager, id: 'late', enter: { on: [{ event: 'Order Completed' }] } } as never);
  await world.identify('ada', { email: 'ada@example.com', consent: [] });
  await world.track('ada', 'Order Completed');
  await world.drain();
  expect((await subjects(world)).length).toBeGreaterThan(1);
  expect(await sendsOf(world)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^email receipt sent/)]),
  );
});

test('who leaves everything before the click has answered what was asked, topics as well', async () => {
  const world = await openNews({ consent: { ...news.consent, topic: 'news' } });
  await post(world);
  await world.drain();
  const [mail] = await mailsTo(world);
  const link = linkIn(mail!);
  expect(Object.keys((await contactOf(world)).consent)).toEqual(['email', 'news']);
  expect((await follow(world, linkIn(mail!, 'u'), 'POST')).status).toBe(200);
  const done = await follow(world, link, 'POST');
  expect([done.status, done.json()]).toEqual([200, { status: 'nothing-to-confirm' }]);
  expect((await contactOf(world)).consent).not.toHaveProperty('news');
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false });
});

test('a link too old, of another purpose or for another address confirms nothing', async () => {
  const world = await openNews({ doubleOptIn: { validFor: '2 days' } });
  await post(world);
  await world.drain();
  const [mail] = await mailsTo(world);
  const link = linkIn(mail!);
  const wrong = link.replace('/confirm/', '/u/');
  expect((await follow(world, wrong, 'POST')).status).toBe(404);
  expect((await follow(world, linkIn(mail!, 'u').replace('/u/', '/confirm/'), 'POST')).status).toBe(404);
  await world.advance('3 days');
  expect((await follow(world, link, 'POST')).status).toBe(410);
  const { id } = await contactOf(world);
  await world.insist('PATCH', `/v1/contacts/${id}`, { set: { email: 'other@example.com' } });
  const moved = await follow(world, link, 'POST');
  expect([moved.status, (await world.insist<Contact>('GET', `/v1/contacts/${id}`)).consent]).toEqual([
    410,
    {},
  ]);
});

test('a page of the client’s own follows the click, and may be left to', async () => {
  const thanks = 'https://www.acme.example/confirmed';
  const world = await openNews({ doubleOptIn: { thanks } });
  await post(world);
  await world.drain();
  const link = linkIn((await mailsTo(world))[0]!);
  const headers = { accept: 'text/html' };
  const shown = await follow(world, link, 'GET', headers);
  expect(shown.headers['content-security-policy']).toContain("form-action 'self' https://www.acme.example;");
  const done = await follow(world, link, 'POST', headers);
  expect([done.status, done.headers.location]).toEqual([303, thanks]);
});

test('the page speaks the language of the form', async () => {
  const messages = {
    'confirm-title': 'Ist das Ihre Adresse?',
    'confirm-button': 'Ja',
    'confirmed-title': 'Danke',
  };
  const world = await openNews({ language: 'de', messages });
  await post(world);
  await world.drain();
  const link = linkIn((await mailsTo(world))[0]!);
  const shown = await follow(world, link, 'GET', { accept: 'text/html' });
  expect(shown.text).toMatch(/<html lang="de">.*<h1>Ist das Ihre Adresse\?<\/h1>.*>Ja<\/button>/s);
  expect((await follow(world, link, 'POST', { accept: 'text/html' })).text).toContain('<h1>Danke</h1>');
});

test('the mail may be the client’s own', async () => {
  const world = await openNews();
  const mine = { channel: 'email', subject: 'One click, please', text: 'Here: {{ links.confirm }}' };
  await world.insist('PUT', '/v1/templates/click', mine);
  await world.insist('PUT', '/v1/forms/news', { ...news, doubleOptIn: { template: 'click' } });
  await post(world);
  await world.drain();
  expect(await subjects(world)).toEqual(['One click, please']);
  expect((await follow(world, linkIn((await mailsTo(world))[0]!), 'POST')).status).toBe(200);
});

test('refuses a mail that asks for no click, or prints what a stranger typed', async () => {
  const world = await openNews();
  const put = (id: string, text: string) =>
    world.insist('PUT', `/v1/templates/${id}`, { channel: 'email', subject: 'Hello', text });
  await put('no-link', 'Hello');
  await put('typed', 'Hello {{ contact.firstName }}: {{ links.confirm }}');
  const codes = async (template: string) => {
    const { status, json } = await world.ask<{ issues: { code: string }[] }>('PUT', '/v1/forms/news', {
      ...news,
      doubleOptIn: { template },
    });
    return [status, json.issues.map(({ code }) => code)];
  };
  expect(await codes('no-link')).toEqual([422, ['no-confirm-link']]);
  expect(await codes('typed')).toEqual([422, ['strangers-words']]);
  expect(await codes('nothing')).toEqual([422, ['unknown-template']]);
  const { status } = await world.ask('PUT', '/v1/forms/news', { ...news, consent: undefined });
  expect(status).toBe(422);
});
