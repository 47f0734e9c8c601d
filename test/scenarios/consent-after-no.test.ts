import { expect, test } from 'vitest';
import type { OutboxMessage } from '#infra/local/mail/view';
import type { Contact } from '#model/contact';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();

const email = 'ada@example.com';
const asked = 'Please confirm your e-mail address';
const form = {
  name: 'Demo',
  fields: { email: { type: 'email', required: true }, firstName: { type: 'text' } },
  consent: { field: 'agree', value: 'yes', channel: 'email', text: 'Write to me.' },
};
const hello = {
  id: 'hello',
  enter: { on: [{ event: 'Hello' }] },
  steps: [{ id: 'mail', type: 'email', template: 'thank-you' }],
};

/** Ada agreed on a form that asks for no click, and got a mail. */
const openDemo = async (): Promise<AudienceWorld> => {
  const world = await open();
  await world.insist('PUT', '/v1/forms/demo', form);
  await world.publish(hello);
  await post(world);
  await world.identify('ada', { consent: [] });
  await world.track('ada', 'Hello');
  await world.drain();
  return world;
};
const post = async ({ world }: AudienceWorld, more: object = {}) =>
  (
    await world.http({
      method: 'POST',
      path: '/v1/forms/demo',
      body: { email, agree: 'yes', ...more },
    } as never)
  ).status;
const mails = async ({ world }: AudienceWorld): Promise<OutboxMessage[]> =>
  (await world.outbox()).filter(({ to }) => to.includes(email));
const contactOf = ({ insist }: AudienceWorld) =>
  insist<Contact>('GET', `/v1/contacts?email=${encodeURIComponent(email)}`);
const linkIn = (mail: OutboxMessage | undefined, name: string): string =>
  new URL(
    new RegExp(`https?://[^\\s<>"]+/${name}/[^\\s<>"]+`).exec([mail?.text, mail?.html].join(' '))?.[0] ??
      'none:',
  ).pathname;
const press = ({ world }: AudienceWorld, path: string, body = '') =>
  world.http({
    method: 'POST',
    path,
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as never);
const leave = async (world: AudienceWorld) => press(world, linkIn((await mails(world)).at(-1), 'u'));

test('after an unsubscribe a stranger’s post only asks; the click of the address gives it again', async () => {
  const world = await openDemo();
  expect((await leave(world)).status).toBe(200);
  await world.advance('20 minutes');
  expect(await post(world, { firstName: 'Somebody' })).toBe(202);
  await world.track('ada', 'Hello');
  await world.drain();
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false, pending: 'consent' });
  expect((await contactOf(world)).suppressed.email?.reason).toBe('unsubscribe');
  expect((await mails(world)).map(({ subject }) => subject === asked)).toEqual([false, true]);
  await press(world, linkIn((await mails(world)).at(-1), 'confirm'));
  expect(await contactOf(world)).toMatchObject({ consent: { email: { given: true } }, suppressed: {} });
});

test('a no that is said while the question is open ends it', async () => {
  const world = await openDemo();
  await leave(world);
  await world.advance('20 minutes');
  await post(world, { firstName: 'Somebody' });
  await world.drain();
  const [first, question] = await mails(world);
  await press(world, linkIn(first, 'u'));
  await press(world, linkIn(question, 'confirm'));
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false, source: 'unsubscribe' });
});

test('after a complaint no form and no page gives it again; an administrator does', async () => {
  const world = await openDemo();
  const [mail] = await mails(world);
  await world.world.feedback({ sendId: mail!.sendId!, type: 'complaint' });
  await world.advance('20 minutes');
  await post(world, { firstName: 'Somebody' });
  await press(world, linkIn(mail, 'p'), 'saved=yes&shown=&email=yes');
  await world.drain();
  const contact = await contactOf(world);
  expect([contact.consent.email?.given, contact.suppressed.email?.reason]).toEqual([false, 'complaint']);
  expect(await mails(world)).toHaveLength(1);
  await world.insist('PATCH', `/v1/contacts/${contact.id}`, { consent: { email: true } });
  expect(await contactOf(world)).toMatchObject({ consent: { email: { given: true } }, suppressed: {} });
});

test('after an erasure a form asks before anybody is written to', async () => {
  const world = await openDemo();
  await world.insist('DELETE', `/v1/contacts/${(await contactOf(world)).id}`);
  await world.drain();
  const before = (await mails(world)).length;
  await post(world);
  await world.drain();
  expect((await contactOf(world)).consent.email).toMatchObject({ given: false, pending: 'address' });
  expect((await mails(world)).slice(before).map(({ subject }) => subject)).toEqual([asked]);
});

test('made-up consents fill nothing: the reader’s page and links go on', async () => {
  const world = await openDemo();
  const consent = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`k${i}`, true]));
  await world.post('/v1/identify', { anonymousId: 'stranger', traits: { email, consent } });
  await world.drain();
  expect(Object.keys((await contactOf(world)).consent)).toEqual(['email']);
  await press(world, linkIn((await mails(world)).at(-1), 'p'), 'saved=yes&shown=email');
  expect((await contactOf(world)).consent.email?.given).toBe(false);
});

test('an administrator names channels and topics of the client, nothing else', async () => {
  const world = await openDemo();
  const { id } = await contactOf(world);
  const { status, json } = await world.ask<{ issues: { path: string; code: string }[] }>(
    ...(['PATCH', `/v1/contacts/${id}`, { consent: { tostring: true, nochannel: false } }] as const),
  );
  expect([status, json.issues.map(({ path, code }) => `${path} ${code}`)]).toEqual([
    422,
    ['/consent/tostring unknown-topic', '/consent/nochannel unknown-topic'],
  ]);
});
