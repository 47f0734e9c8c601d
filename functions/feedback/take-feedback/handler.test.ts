import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LambdaHandler } from '#aws/function-context';
import { editContact } from '#functions/contacts/changing/apply';
import { newId, runId, sendId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import type { Send } from '#model/send';
import { putClient } from '#store/catalogue/client';
import { getContact, newContactWrite } from '#store/contacts/contacts';
import { identityKey } from '#store/contacts/identities';
import { main, unsettled } from '#store/keys';
import { hashAddress } from '#store/secrets';
import { readSend, settleSend } from '#store/sends/sends';
import { transact } from '#store/table';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { aClient } from '#test/builders/message-order';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const at = '2026-03-01T08:59:00.000Z';
const contact = 'a'.repeat(20);
const run = runId(contact, 'welcome');
const mail = sendId(run, 'hello', 1, 'email');
const text = sendId(run, 'nudge', 1, 'sms');
const phone = '+4915112345678';
let door: FrontDoor;
let take: LambdaHandler;

const put = (id: string, more: Partial<Send> = {}) => {
  const send = {
    id,
    contact,
    run,
    journey: 'welcome',
    version: 1,
    step: 'hello',
    visit: 1,
    channel: 'email',
    at,
    status: 'sent',
    sentAt: at,
    providerId: 'ses-1',
    ...more,
  };
  const doubt = send.status === 'claimed' || send.status === 'indeterminate';
  return door.store.main.put({
    ...main.send(contact, id),
    kind: 'send',
    ...send,
    ...(doubt
      ? { unsettled: unsettled('claim', id), unsettledAt: at, providerId: undefined, sentAt: undefined }
      : {}),
  });
};

beforeEach(async () => {
  door = await openFrontDoor();
  take = createHandler(door.context(record));
  const given = { given: true, at, source: 'form:demo' };
  const ada = {
    ...emptyContact(contact, at),
    fields: { email: 'ada@example.com', phone },
    consent: { email: given, sms: given },
  };
  const key = identityKey({ kind: 'phone', value: phone });
  await transact(door.store.dynamodb, [
    newContactWrite(door.store, ada, [key]),
    { table: door.store.main, put: { ...key, contact } },
  ]);
  await put(mail);
  await put(text, { channel: 'sms', step: 'nudge', providerId: 'sns-1' });
});
afterEach(() => door.close());

const topic = (message: unknown) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:eu-central-1:111122223333:acme-ses-events:1',
      Sns: {
        Type: 'Notification',
        MessageId: newId(),
        TopicArn: 'arn:aws:sns:eu-central-1:111122223333:acme-ses-events',
        Subject: 'Amazon SES Email Event Notification',
        Message: typeof message === 'string' ? message : JSON.stringify(message),
        Timestamp: '2026-03-01T09:00:00.000Z',
      },
    },
  ],
});
const told = (type: string, detail: object = {}, { id = mail, messageId = 'ses-1' } = {}) => {
  const member = type.charAt(0).toLowerCase() + type.slice(1);
  return {
    eventType: type,
    mail: {
      timestamp: at,
      source: 'Mara <mara@mail.acme.example>',
      messageId,
      destination: ['ada@example.com'],
      tags: { sendId: [id], 'ses:from-domain': ['mail.acme.example'] },
    },
    [member]: { timestamp: '2026-03-01T09:00:00.000Z', ...detail },
  };
};
const hear = (...args: Parameters<typeof told>) => take(topic(told(...args)));
const text_ = (messageBody: string, more: object = {}) =>
  take(
    topic({
      originationNumber: phone,
      destinationNumber: '+4930901820',
      messageBody,
      inboundMessageId: newId(),
      ...more,
    }),
  );
const sent = async (id = mail) => (await readSend(door.store, contact, id))!;
const facts = async () => (await door.events(contact)).map(({ message }) => message?.was);
const profile = async () => (await getContact(door.store, contact))!;
const hard = {
  bounceType: 'Permanent',
  bounceSubType: 'General',
  bouncedRecipients: [{ emailAddress: 'ada@example.com' }],
};

describe('what SES tells', () => {
  test('of delivery, opening and clicking is on the send; what a reader did is an event of the contact', async () => {
    await hear('Delivery');
    await hear('Open', { userAgent: 'Mozilla/5.0 (Macintosh) Firefox/140.0', ipAddress: '192.0.2.1' });
    await hear('Click', {
      userAgent: 'Mozilla/5.0 (Macintosh) Firefox/140.0',
      link: 'https://www.acme.example/trial',
    });
    const time = '2026-03-01T09:00:00.000Z';
    expect(await sent()).toMatchObject({
      status: 'sent',
      deliveredAt: time,
      openedAt: time,
      clickedAt: time,
    });
    expect((await facts()).sort()).toEqual(['clicked', 'opened']);
    const click = (await door.events(contact)).find(({ message }) => message?.was === 'clicked');
    expect(click?.message).toEqual({
      sendId: mail,
      run,
      journey: 'welcome',
      step: 'hello',
      channel: 'email',
      was: 'clicked',
      link: 'https://www.acme.example/trial',
    });
  });

  test('of delivery is an event where the journey asks for it, and one', async () => {
    await put(mail, { awaited: true });
    await hear('Delivery');
    await hear('Delivery');
    expect(await facts()).toEqual(['delivered']);
  });

  test('twice counts once, and a hundred opens are one event', async () => {
    for (const time of ['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z'])
      await hear('Open', { userAgent: 'Firefox', timestamp: time });
    expect(await facts()).toEqual(['opened']);
    expect((await sent()).openedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  test('by a program moves nothing, and is kept as such', async () => {
    await hear('Open', { userAgent: 'Mozilla/5.0' });
    expect((await sent()).openedAt).toBeUndefined();
    expect((await door.events(contact))[0]?.message?.machine).toBe(true);
  });

  test.each([{}, { userAgent: 'python-requests/2.32.3' }])(
    'of a click by no browser (%j) is by a program',
    async (by) => {
      await hear('Click', { ...by, link: 'https://www.acme.example/trial' });
      expect((await sent()).clickedAt).toBeUndefined();
      expect((await door.events(contact))[0]?.message?.machine).toBe(true);
    },
  );

  test('of a mail that is known to be sent is no news', async () => {
    door.taken();
    await hear('Send');
    expect([await facts(), door.taken().filter((o) => /Put|Update|Transact/.test(o))]).toEqual([[], []]);
  });

  test.each(['claimed', 'indeterminate'] as const)(
    'settles a send that was %s: it was sent',
    async (status) => {
      await put(mail, { status, reason: 'timeout' });
      await hear('Send');
      const item = await door.store.main.get(main.send(contact, mail));
      expect(item).toMatchObject({ status: 'sent', sentAt: at, providerId: 'ses-1' });
      expect([item?.unsettled, item?.unsettledAt, item?.reason]).toEqual([undefined, undefined, undefined]);
      expect(await facts()).toEqual([]);
    },
  );

  test('early, before the sender itself could record it: delivery proves the sending', async () => {
    await put(mail, { status: 'claimed' });
    await hear('Delivery');
    expect(await sent()).toMatchObject({ status: 'sent', deliveredAt: expect.any(String) });
  });

  test('of delays and subscriptions changes nothing', async () => {
    await hear('DeliveryDelay');
    await hear('Subscription');
    expect([await facts(), door.logs]).toEqual([[], []]);
  });

  test('of a rejection ends the send as failed', async () => {
    await hear('Reject', { reason: 'Bad content' });
    expect(await sent()).toMatchObject({ status: 'failed', reason: 'rejected' });
  });

  const orders = ['Reject', 'Reject Send', 'Send Reject', 'Send Reject Send', 'Reject Send Reject'].concat([
    ...['Delivery Reject', 'Reject Delivery', 'Reject Send Delivery', 'Delivery Send Reject'],
    ...[
      'Send Delivery Reject',
      'Send Reject Delivery',
      'Reject Reject Send Send',
      'Reject Open',
      'Open Reject',
    ],
  ]);
  test.each(
    (['claimed', 'indeterminate', 'sent'] as const).flatMap((was) => orders.map((o) => [was, o] as const)),
  )('of a %s mail ends as rejected, told in the order %s', async (status, order) => {
    await put(mail, { status, owner: 'us', ...(status === 'indeterminate' ? { reason: 'timeout' } : {}) });
    for (const type of order.split(' ')) await hear(type);
    const item = await door.store.main.get(main.send(contact, mail));
    expect(item).toMatchObject({ status: 'failed', reason: 'rejected' });
    expect([item?.unsettled, item?.unsettledAt, item?.again]).toEqual([undefined, undefined, undefined]);
    expect(door.logs).toEqual([]);
  });

  test.each([
    ['was accepted', { status: 'sent', providerId: 'ses-1' }],
    ['was surely not accepted', { status: 'failed', reason: 'throttled', again: true }],
  ] as const)('of a rejection stays when its sender then tells that it %s', async (_, result) => {
    await put(mail, { status: 'claimed', owner: 'us' });
    const claimed = await sent();
    await hear('Reject');
    expect(await settleSend(door.store, claimed, result)).toBe(false);
    expect(await sent()).toMatchObject({ status: 'failed', reason: 'rejected' });
    expect((await sent()).again).toBeUndefined();
  });

  test('of a rejection is no news of a mail that we skipped, nor of another mail', async () => {
    await hear('Reject', {}, { messageId: 'ses-2' });
    expect((await sent()).status).toBe('sent');
    await put(mail, { status: 'skipped', reason: 'cap' });
    await hear('Reject');
    expect(await sent()).toMatchObject({ status: 'skipped', reason: 'cap' });
    expect(door.logs).toHaveLength(2);
  });

  test('of complaining about a rejected mail suppresses, and the mail stays rejected', async () => {
    await hear('Reject');
    await hear('Complaint');
    expect((await profile()).suppressed.email?.reason).toBe('complaint');
    expect(await sent()).toMatchObject({
      status: 'failed',
      reason: 'rejected',
      complainedAt: expect.any(String),
    });
  });
});

describe('suppresses at once', () => {
  const listed = async () =>
    door.store.main.get(
      main.suppression('email', hashAddress(await door.store.keys(), 'email', 'ada@example.com')),
    );

  test.each([
    ['a hard bounce', 'Bounce', hard, 'hard-bounce'],
    ['a complaint', 'Complaint', { complaintFeedbackType: 'abuse' }, 'complaint'],
  ])('%s', async (_, type, detail, reason) => {
    await hear(type, detail);
    expect((await profile()).suppressed.email?.reason).toBe(reason);
    expect(await listed()).toMatchObject({ reason });
    expect((await door.events(contact))[0]).toMatchObject({ applied: { suppressed: ['email'] } });
  });

  test('a soft bounce does not, nor does "not spam"', async () => {
    await hear('Bounce', { bounceType: 'Transient' });
    await hear('Complaint', { complaintFeedbackType: 'not-spam' });
    expect((await profile()).suppressed).toEqual({});
    expect((await sent()).bouncedAt).toBeDefined();
  });

  const bounced = (step: string, more: Partial<Send> = {}) =>
    put(sendId(run, step, 1, 'email'), { step, at: '2026-02-21T09:00:00.000Z', bouncedAt: at, ...more });

  test('softly, for advertising alone, who bounced softly five times in a row', async () => {
    for (const step of ['one', 'two', 'three', 'four']) await bounced(step);
    await hear('Bounce', { bounceType: 'Transient' });
    expect((await profile()).suppressed.email?.reason).toBe('soft-bounce');
    await hear('Bounce', hard);
    expect((await profile()).suppressed.email?.reason).toBe('hard-bounce');
  });

  test('softly nobody who took a mail in between, or bounced four times only', async () => {
    for (const step of ['one', 'two', 'three']) await bounced(step);
    await hear('Bounce', { bounceType: 'Transient' });
    expect((await profile()).suppressed).toEqual({});
    await bounced('four', { at: '2026-02-25T09:00:00.000Z', deliveredAt: at });
    await bounced('five');
    await hear('Bounce', { bounceType: 'Transient' });
    expect((await profile()).suppressed).toEqual({});
  });

  test('the strictest stays, in whatever order they come', async () => {
    await hear('Complaint');
    await hear('Delivery');
    await hear('Bounce', hard);
    await hear('Open', { userAgent: 'Firefox' });
    expect((await profile()).suppressed.email?.reason).toBe('hard-bounce');
    expect((await profile()).consent.email?.given).toBe(false);
  });

  test('in the same transaction as it is recorded', async () => {
    door.taken();
    await hear('Bounce', hard);
    expect(door.taken().filter((operation) => /Put|Update|Transact/.test(operation))).toEqual([
      'PutItem',
      'TransactWriteItems',
    ]);
  });
});

describe('text messages', () => {
  test('STOP suppresses the channel and is heard as leaving the last text', async () => {
    await text_('Stop');
    expect((await profile()).suppressed.sms?.reason).toBe('stop');
    expect((await profile()).consent.sms).toMatchObject({ given: false, source: 'stop' });
    expect((await door.events(contact))[0]?.message).toMatchObject({
      sendId: text,
      step: 'nudge',
      was: 'unsubscribed',
    });
  });

  test('START takes it back', async () => {
    await text_('STOP');
    await text_('START');
    expect([(await profile()).suppressed, (await profile()).consent.sms?.given]).toEqual([{}, true]);
  });

  test('a reply belongs to the last text, and its words are not kept', async () => {
    await text_('My dog is called Rex');
    const [event] = await door.events(contact);
    expect(event?.message).toMatchObject({ sendId: text, was: 'replied' });
    expect(JSON.stringify([event, door.logs])).not.toContain('Rex');
  });

  test('the same message twice is one', async () => {
    await text_('Hello', { inboundMessageId: 'm-1' });
    await text_('Hello', { inboundMessageId: 'm-1' });
    expect(await facts()).toEqual(['replied']);
  });

  const answers = () => door.outbox().map(({ body, to }) => `${to} ${Buffer.from(body).toString()}`);
  const stopped = `${phone} Acme: You get no more texts from us. Reply START if you want them again.`;
  const started = `${phone} Acme: You get our texts again. Reply STOP to end them, HELP for help.`;
  const helped = `${phone} Acme: For help, ask team@acme.example. Reply STOP to get no more texts.`;

  test('STOP is confirmed once, a second one and the same one again not at all', async () => {
    await text_('STOP', { inboundMessageId: 'm-1' });
    await text_('STOP', { inboundMessageId: 'm-1' });
    await text_('Stop!!');
    await text_('unsubscribe');
    expect(answers()).toEqual([stopped]);
  });

  test('the confirmation is claimed in the transaction of the STOP, and is a send with a fate', async () => {
    door.taken();
    await text_('STOP');
    expect(door.taken().filter((operation) => /Put|Update|Transact/.test(operation))).toEqual([
      'PutItem',
      'TransactWriteItems',
      'UpdateItem',
    ]);
    const [{ sendId: id = '' } = {}] = door.outbox();
    expect(await readSend(door.store, contact, id)).toMatchObject({
      ...{ journey: 'text:stop', channel: 'sms', status: 'sent', providerId: expect.any(String) },
    });
  });

  test('a confirmation of unknown fate is not sent again', async () => {
    const lost = createHandler({
      ...door.context(record),
      aws: { ...door.context(record).aws, sns: { send: () => Promise.reject(new Error('reset')) } as never },
    });
    const publish = topic({ originationNumber: phone, messageBody: 'STOP', inboundMessageId: 'm-1' });
    await lost(publish);
    await take(publish);
    expect(answers()).toEqual([]);
    expect(door.logs).toEqual([expect.stringMatching(/^error send-indeterminate/)]);
    expect((await profile()).suppressed.sms?.reason).toBe('stop');
  });

  test('what was claimed and then killed before the call is left as unknown', async () => {
    const publish = topic({ originationNumber: phone, messageBody: 'STOP', inboundMessageId: 'm-1' });
    const killed = createHandler({
      ...door.context(record),
      aws: { ...door.context(record).aws, sns: { send: () => new Promise(() => {}) } as never },
    });
    void killed(publish);
    while (!(await profile()).suppressed.sms) await new Promise((resolve) => setImmediate(resolve));
    await take(publish);
    const sends = await door.store.main.query({ pk: main.contactPk(contact), prefix: 'M#' });
    const answer = sends.find(({ journey }) => journey === 'text:stop');
    expect([answers(), answer?.status, answer?.reason]).toEqual([[], 'indeterminate', 'unknown-outcome']);
  });

  test('START is confirmed where it changes something', async () => {
    await text_('START');
    expect(answers()).toEqual([]);
    await text_('STOP');
    await text_('START');
    await text_('START');
    expect(answers()).toEqual([stopped, started]);
  });

  test('HELP is answered once a day, changes nothing, and not who stopped', async () => {
    await text_('HELP');
    await text_('Help!');
    expect(answers()).toEqual([helped]);
    await door.clock.advanceTo(door.clock.now() + 86_400_000, async () => {});
    await text_('info');
    expect(answers()).toEqual([helped, helped]);
    expect([(await profile()).suppressed, (await profile()).consent.sms?.given]).toEqual([{}, true]);
    expect((await door.events(contact)).map(({ name }) => name)).toEqual(Array(3).fill('Help Requested'));
    await text_('STOP');
    await text_('HELP');
    expect(answers()).toEqual([helped, helped, stopped]);
  });

  test('an answer to our own answer is about the last text of a journey', async () => {
    await text_('HELP');
    await text_('Thank you');
    const reply = (await door.events(contact)).find(({ name }) => name === 'Text Received');
    expect(reply?.message).toMatchObject({ sendId: text, was: 'replied' });
  });

  test('nothing is answered where somebody else does, and own words are heard', async () => {
    const client = aClient();
    client.channels.sms = { answers: false, keywords: { stop: ['basta'] } };
    await putClient(door.store, client);
    await text_('Basta!');
    expect([(await profile()).suppressed.sms?.reason, answers()]).toEqual(['stop', []]);
  });

  test('are answered in the language of the contact', async () => {
    await editContact(door.store, contact, {
      ...{ id: 'x', by: 'test', at, depth: 0, update: { set: { language: 'de' } } },
    });
    await text_('Abmelden');
    expect(answers()[0]).toContain('Sie erhalten keine SMS mehr von uns.');
  });

  test('STOP of a number nobody knows counts for the number, and so does its START', async () => {
    await text_('STOP', { originationNumber: '+4915199999999' });
    const key = main.suppression('sms', hashAddress(await door.store.keys(), 'sms', '+4915199999999'));
    expect(await door.store.main.get(key)).toMatchObject({ reason: 'stop' });
    await text_('START', { originationNumber: '+4915199999999' });
    expect(await door.store.main.get(key)).toBeUndefined();
    await door.store.main.put({ ...key, reason: 'complaint', at });
    await text_('START', { originationNumber: '+4915199999999' });
    expect(await door.store.main.get(key)).toMatchObject({ reason: 'complaint' });
  });
});

describe('drops, with a line in the log, and takes the next one', () => {
  const dropped: [string, unknown][] = [
    ['no JSON', 'Successfully validated SNS topic for Amazon SES event publishing.'],
    ['an unknown shape', { hello: 'world' }],
    ['a list', []],
    ['a send nobody made', told('Delivery', {}, { id: sendId(run, 'other', 1, 'email') })],
    ['a forged send id', told('Delivery', {}, { id: '../PROFILE' })],
    ['a send id of nobody', told('Delivery', {}, { id: `${'z'.repeat(20)}-${'z'.repeat(20)}` })],
    ['the provider id of another message', told('Bounce', hard, { messageId: 'ses-other' })],
    ['the delivery of another message', told('Delivery', {}, { messageId: 'ses-other' })],
    ['a text from no number', { originationNumber: 'ACME', messageBody: 'STOP', inboundMessageId: 'x' }],
    ['a time in words', told('Delivery', { timestamp: 'yesterday' })],
    ['an endless link', told('Click', { link: `https://x.example/${'x'.repeat(5000)}`, userAgent: '' })],
    ['over 256 KB', JSON.stringify({ text: 'x'.repeat(300_000) })],
  ];
  test.each(dropped)('%s', async (_, message) => {
    await take(topic(message));
    expect(door.logs).toEqual([expect.stringMatching(/^warn feedback-dropped/)]);
    expect(await facts()).toEqual([]);
    expect((await sent()).deliveredAt).toBeUndefined();
    await hear('Open', { userAgent: 'Firefox' });
    expect(await facts()).toEqual(['opened']);
  });

  test("a mail without our tag is somebody else's", async () => {
    const event = told('Delivery');
    await take(topic({ ...event, mail: { ...event.mail, tags: {} } }));
    expect(await facts()).toEqual([]);
  });

  test('what does not come from SNS', async () => {
    await take({ nonsense: true });
    expect(door.logs).toEqual([expect.stringMatching(/^warn feedback-dropped/)]);
  });

  test('what was skipped was never sent', async () => {
    await put(mail, { status: 'skipped', reason: 'no-consent', providerId: undefined });
    await hear('Open', { userAgent: 'Firefox' });
    expect([(await sent()).status, await facts()]).toEqual(['skipped', []]);
  });
});

test('logs hold ids only', async () => {
  await hear('Bounce', hard, { messageId: 'ses-other' });
  await text_('secret words', { originationNumber: '+4915199999999' });
  expect(door.logs.join('\n')).not.toMatch(/ada@|secret|4915/);
});
