import { expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import type { OutboxMessage } from '#infra/local/mail/view';
import type { WorldOptions } from '#infra/local/world';
import type { Contact } from '#model/contact';
import { audienceWorlds } from '#test/builders/audience-world';

/** Forms are public: whoever posts a stranger's mailbox to them brings it one mail, and no second one. */

const openWorld = audienceWorlds();

const fields = {
  email: { type: 'email' },
  firstName: { type: 'text' },
  phone: { type: 'phone' },
};
const agree = { field: 'agree', value: 'yes', channel: 'email', text: 'Write to me.' };
const demo = { name: 'Demo', fields, consent: agree };
const byText = { ...demo, consent: { ...agree, channel: 'sms', text: 'Text me.' } };
const receipts = { class: 'transactional' };
const mail = (id: string) => ({ id, type: 'email', template: 'thank-you' });
/** Writes after each post, and asks for nothing. */
const eager = (form: string, steps: object[] = [mail('thanks')]) => ({
  ...{ id: `after-${form}`, enter: { on: [{ form }], again: 'always' }, sending: receipts },
  steps,
});

const open = async ({ limits, ...options }: WorldOptions & { limits?: object } = {}) => {
  const folder = readClientFolder('acme');
  const client = { ...(folder.client as object), quietHours: undefined, ...(limits && { limits }) };
  const world = await openWorld({ client: { ...folder, client, journeys: {}, segments: {} }, ...options });
  for (const id of ['demo', 'talk', 'paper']) await world.insist('PUT', `/v1/forms/${id}`, demo);
  await world.insist('PUT', '/v1/forms/news', { ...demo, doubleOptIn: true });
  await world.insist('PUT', '/v1/forms/texts', byText);
  let posts = 0;
  return {
    ...world,
    /** Each with another name, so that it is no repetition. */
    async form(id: string, body: object = {}) {
      posts += 1;
      const given = { email: 'ada@example.com', agree: 'yes', firstName: `Ada ${posts}`, ...body };
      const { status } = await world.world.http({
        ...{ method: 'POST', path: `/v1/forms/${id}`, body: given },
      } as never);
      expect(status).toBe(202);
      await world.drain();
    },
    outbox: async () => (await world.world.outbox()).filter(({ channel }) => channel !== 'team'),
    byEmail: (email: string) =>
      world.insist<Contact>('GET', `/v1/contacts?email=${encodeURIComponent(email)}`),
  };
};
type Stage = Awaited<ReturnType<typeof open>>;

const receivers = async (stage: Stage) => (await stage.outbox()).map(({ to }) => to);
const skipped = async (stage: Stage, email: string) => {
  const { id } = await stage.byEmail(email);
  const { entries } = await stage.insist<{ entries: { kind: string; text: string }[] }>(
    ...(['GET', `/v1/contacts/${id}/timeline`] as const),
  );
  return entries.filter(({ kind }) => kind === 'send').map(({ text }) => text);
};
const spellings = ['bomb@gmail.com', 'b.o.m.b@gmail.com', 'bomb+1@googlemail.com', 'bomb+2@gmail.com'];
const linkIn = ({ text, html }: OutboxMessage, name: string): string =>
  new URL(new RegExp(`https?://[^\\s<>"]+/${name}/[^\\s<>"]+`).exec([text, html].join(' '))?.[0] ?? 'none:')
    .pathname;
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** A person follows the last mail's first link. */
const click = async (stage: Stage) => {
  await stage.advance('2 minutes');
  const path = linkIn((await stage.outbox()).at(-1)!, 'c');
  const { status } = await stage.world.http({ method: 'GET', path, headers: { 'user-agent': firefox } });
  expect(status).toBe(302);
  await stage.advance('1 minute');
};

test('spellings of one mailbox bring it one mail, and each contact says why it got none', async () => {
  const stage = await open();
  await stage.publish(eager('demo'));
  for (const email of spellings) await stage.form('demo', { email });
  expect(await receivers(stage)).toEqual([spellings[0]]);
  expect(await skipped(stage, spellings[3]!)).toEqual([
    expect.stringMatching(/^email thanks skipped \(unanswered\)/),
  ]);
});

test('one address at all forms of the client gets one mail, whatever the forms ask for', async () => {
  const stage = await open();
  for (const id of ['demo', 'talk', 'paper']) await stage.publish(eager(id));
  for (const id of ['demo', 'news', 'talk', 'paper']) await stage.form(id);
  expect(await receivers(stage)).toEqual(['ada@example.com']);
});

test('also where the first form asks for a click', async () => {
  const stage = await open();
  await stage.publish(eager('demo'));
  for (const email of spellings) await stage.form('news', { email });
  for (const email of ['bomb+7@gmail.com', 'bomb+8@gmail.com']) await stage.form('demo', { email });
  expect((await stage.outbox()).map(({ subject }) => subject)).toEqual([
    'Please confirm your e-mail address',
  ]);
});

test.each(['demo', 'news'])('whoever posts %s day after day brings no second mail', async (form) => {
  const stage = await open();
  await stage.publish(eager('demo'));
  for (let day = 0; day < 9; day++) {
    await stage.form(form, { email: spellings[day % 4] });
    await stage.advance('25 hours');
  }
  expect(await stage.outbox()).toHaveLength(1);
});

test('what a journey of the post causes in others is no way round', async () => {
  const stage = await open();
  const steps = [
    { id: 'tell', type: 'emit', event: 'Asked' },
    { id: 'mark', type: 'update', addTags: ['asked'] },
    { id: 'over', type: 'enroll', journey: 'handed' },
  ];
  const others = { again: 'always', if: { trigger: 'properties.none', exists: false } };
  await stage.publish({ ...eager('x'), id: 'heard', enter: { ...others, on: [{ event: 'Asked' }] } });
  await stage.publish({ ...eager('x'), id: 'tagged', enter: { ...others, on: [{ tag: 'asked' }] } });
  await stage.publish({ ...eager('x'), id: 'handed', enter: { ...others, on: [{ manual: true }] } });
  for (const id of ['demo', 'talk']) await stage.publish(eager(id, steps));
  await stage.form('demo', { email: spellings[0] });
  const caused = (await stage.outbox()).length;
  for (const email of spellings.slice(1)) await stage.form('talk', { email });
  expect([caused, (await stage.outbox()).length]).toEqual([3, 3]);
});

test('the series that the first post began goes on', async () => {
  const stage = await open();
  const rest = { id: 'rest', type: 'wait', for: '2 days' };
  await stage.publish(
    eager('demo', [mail('one'), rest, mail('two'), { ...rest, id: 'more' }, mail('three')]),
  );
  await stage.form('demo', { email: spellings[0] });
  await stage.advance('1 day');
  for (const email of spellings.slice(1)) await stage.form('demo', { email });
  await stage.advance('20 days');
  expect(await receivers(stage)).toEqual([spellings[0], spellings[0], spellings[0]]);
});

test('whoever follows a link is no stranger: the next form writes at once', async () => {
  const stage = await open();
  for (const id of ['demo', 'talk']) await stage.publish(eager(id));
  await stage.form('demo');
  await click(stage);
  await stage.form('talk');
  expect(await receivers(stage)).toEqual(['ada@example.com', 'ada@example.com']);
});

test('who confirmed, or whose yes the client brings, gets the mail of each form', async () => {
  const stage = await open();
  for (const id of ['demo', 'talk']) await stage.publish(eager(id));
  await stage.form('news');
  await stage.world.http({ method: 'POST', path: linkIn((await stage.outbox())[0]!, 'confirm') });
  for (const id of ['demo', 'talk']) await stage.form(id);
  expect(await stage.outbox()).toHaveLength(3);
  await stage.form('demo', { email: 'bob@example.com' });
  const { id } = await stage.byEmail('bob@example.com');
  await stage.insist('PATCH', `/v1/contacts/${id}`, { consent: { email: true } });
  await stage.form('talk', { email: 'bob@example.com' });
  expect((await receivers(stage)).filter((to) => to === 'bob@example.com')).toHaveLength(2);
});

test('after two days in which nobody posted it, the mailbox may be written to again, then after eight', async () => {
  const stage = await open();
  await stage.publish(eager('demo'));
  const mails = async (wait: string) => {
    await stage.advance(wait);
    await stage.form('demo');
    return (await stage.outbox()).length;
  };
  expect(await mails('0 days')).toBe(1);
  expect([await mails('40 hours'), await mails('40 hours'), await mails('2 days')]).toEqual([1, 1, 2]);
  expect([await mails('3 days'), await mails('7 days'), await mails('8 days')]).toEqual([2, 2, 3]);
});

test('two people who share a server, and events of the client, are not held back', async () => {
  const stage = await open();
  await stage.publish(eager('demo'));
  await stage.publish({ ...eager('x'), id: 'bought', enter: { on: [{ event: 'Order Completed' }] } });
  for (const email of ['ada@example.com', 'bob@example.com', 'a.da@example.com'])
    await stage.form('demo', { email });
  await stage.identify('u-1', { email: 'ada@example.com' });
  await stage.track('u-1', 'Order Completed');
  await stage.drain();
  expect(await receivers(stage)).toEqual([
    ...['ada@example.com', 'bob@example.com', 'a.da@example.com', 'ada@example.com'],
  ]);
});

test('a number is texted once, too, by whatever contact it is posted', async () => {
  const stage = await open();
  const text = { id: 'hi', type: 'sms', text: 'Hello' };
  await stage.publish({ ...eager('texts', [text]), sending: { ...receipts, class: 'transactional' } });
  await stage.form('texts', { email: undefined, phone: '+49 151 12345678' });
  await stage.form('texts', { email: undefined, phone: '0151 12345678' });
  await stage.advance('1 day');
  await stage.form('texts', { email: undefined, phone: '+4915112345678' });
  expect((await stage.outbox()).map(({ channel, to }) => `${channel} ${to}`)).toEqual(['sms +4915112345678']);
});

test('a client may set how long nobody must have posted', async () => {
  const stage = await open({ limits: { unanswered: '1 hour' } });
  await stage.publish(eager('demo'));
  await stage.form('demo');
  await stage.advance('61 minutes');
  await stage.form('demo');
  expect(await stage.outbox()).toHaveLength(2);
});

test('posts that come at the same instant bring one mail, delivered twice and shuffled', async () => {
  const stage = await open({ redeliver: { twice: true, shuffle: true } });
  await stage.publish(eager('demo'));
  await Promise.all(
    spellings.map((email) =>
      stage.world.http({ method: 'POST', path: '/v1/forms/demo', body: { email, agree: 'yes' } } as never),
    ),
  );
  await stage.drain();
  expect(await stage.outbox()).toHaveLength(1);
});

test('an erasure forgets what was posted, but not that nobody wants to be asked', async () => {
  const stage = await open();
  await stage.publish(eager('demo'));
  const erase = async (email: string) =>
    stage.insist('DELETE', `/v1/contacts/${(await stage.byEmail(email)).id}`);
  await stage.form('demo');
  await stage.form('news', { email: 'bob@example.com' });
  await stage.world.http({ method: 'POST', path: linkIn((await stage.outbox())[1]!, 'u') });
  for (const email of ['ada@example.com', 'bob@example.com']) await erase(email);
  await stage.advance('1 day');
  for (const email of ['ada@example.com', 'bob@example.com']) await stage.form('news', { email });
  expect((await receivers(stage)).slice(2)).toEqual(['ada@example.com']);
});
