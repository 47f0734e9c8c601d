import { expect, test } from 'vitest';
import { openDatabase } from '../sqlite/database.ts';
import { createVirtualClock } from '../time/clock.ts';
import { createFeedback, type Feedback } from './feedback.ts';
import { createMail } from './mail.ts';

const start = Date.parse('2026-03-01T08:00:00Z');
const region = 'eu-central-1';
const account = '123456789012';
const base = 'https://api.acme.example';

const html = `<a href="${base}/c/one?a=1&amp;b=2">Book</a> <a href="https://www.acme.example/">Plain</a>
<a href="${base}/c/two">Start</a><img src="${base}/o/pixel">`;
const mime = (body: string) =>
  ['From: a@acme.example', 'To: ada@example.com', 'Subject: Hi', 'Content-Type: text/html', '', body].join(
    '\r\n',
  );

const setUp = async ({ body = html, status = 302 } = {}) => {
  const clock = createVirtualClock(start);
  const { ses, sns, outbox } = createMail({ db: openDatabase(':memory:'), clock, region, account });
  const Tags = [{ Name: 'sendId', Value: 'mail-1' }];
  await ses('SendRawEmail', {
    RawMessage: { Data: Buffer.from(mime(body)) },
    Tags,
    ConfigurationSetName: 'acme',
  });
  const MessageAttributes = { sendId: { DataType: 'String', StringValue: 'text-1' } };
  await sns('Publish', { PhoneNumber: '+4915112345678', Message: 'Hi', MessageAttributes });
  const published: { topic: string; message: Record<string, never> }[] = [];
  const visited: string[] = [];
  const vouched: string[] = [];
  const disabled: string[] = [];
  const answered: string[] = [];
  const play = createFeedback({
    ...{ outbox, clock, region, account },
    disable: async (endpoint) => void disabled.push(endpoint),
    publish: async (topic, message) =>
      void published.push({ topic, message: message as Record<string, never> }),
    visit: async (url) => {
      visited.push(url);
      return status;
    },
    vouch: async (sendId) => void vouched.push(sendId),
    destinationOf: async (url) => (url.endsWith('/c/two') ? 'https://www.acme.example/start' : undefined),
    answerMail: async (sendId) => void answered.push(sendId),
  });
  return { play, published, visited, vouched, answered };
};

test.each<[Feedback['type'], string, object]>([
  ['send', 'Send', {}],
  ['delivery', 'Delivery', { recipients: ['ada@example.com'], timestamp: '2026-03-01T08:00:00.000Z' }],
  ['delay', 'DeliveryDelay', { delayType: 'TransientCommunicationFailure' }],
  ['reject', 'Reject', { reason: 'Bad content' }],
  [
    'bounce',
    'Bounce',
    { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'ada@example.com', status: '5.1.1' }] },
  ],
  [
    'complaint',
    'Complaint',
    { complaintFeedbackType: 'abuse', complainedRecipients: [{ emailAddress: 'ada@example.com' }] },
  ],
])('a %s comes as SES would publish it', async (type, eventType, details) => {
  const { play, published } = await setUp();
  await play({ sendId: 'mail-1', type });
  const [{ topic, message } = { topic: '', message: {} }] = published;
  const member = eventType.charAt(0).toLowerCase() + eventType.slice(1);
  expect(topic).toBe('ses-events');
  expect(message).toMatchObject({
    eventType,
    mail: {
      timestamp: '2026-03-01T08:00:00.000Z',
      source: 'a@acme.example',
      sourceArn: 'arn:aws:ses:eu-central-1:123456789012:identity/acme.example',
      sendingAccountId: account,
      destination: ['ada@example.com'],
      tags: { sendId: ['mail-1'], 'ses:configuration-set': ['acme'] },
    },
    [member]: details,
  });
});

test('a full mailbox is a bounce that may pass', async () => {
  const { play, published } = await setUp();
  await play({ sendId: 'mail-1', type: 'bounce', soft: true });
  expect(published[0]?.message).toMatchObject({
    bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' },
  });
});

test('opens and clicks go the way a reader goes: to the pixel and the links of the message', async () => {
  const { play, visited, vouched, published } = await setUp();
  await play({ sendId: 'mail-1', type: 'open' });
  await play({ sendId: 'mail-1', type: 'click' });
  await play({ sendId: 'mail-1', type: 'click', link: 'https://www.acme.example/start' });
  await play({ sendId: 'mail-1', type: 'click', link: `${base}/c/two` });
  expect(visited).toEqual([`${base}/o/pixel`, `${base}/c/one?a=1&b=2`, `${base}/c/two`, `${base}/c/two`]);
  expect(vouched).toEqual(['mail-1', 'mail-1', 'mail-1']);
  expect(published).toEqual([]);
});

test('a text is answered by a text to our number', async () => {
  const { play, published } = await setUp();
  await play({ sendId: 'text-1', type: 'reply', text: 'STOP' });
  expect(published).toMatchObject([
    {
      topic: 'inbound-sms',
      message: {
        originationNumber: '+4915112345678',
        messageBody: 'STOP',
        inboundMessageId: expect.any(String),
      },
    },
  ]);
});

test('a mail is answered by a mail', async () => {
  const { play, answered } = await setUp();
  await play({ sendId: 'mail-1', type: 'reply' });
  expect(answered).toEqual(['mail-1']);
});

test.each<[string, Feedback, number]>([
  ['a send that never was', { sendId: 'nobody', type: 'open' }, 404],
  [
    'a link that is not in the message',
    { sendId: 'mail-1', type: 'click', link: 'https://www.acme.example/' },
    422,
  ],
  ['what nobody tells of texts', { sendId: 'text-1', type: 'delivery' }, 422],
  ['the open of a text', { sendId: 'text-1', type: 'open' }, 422],
])('refuses %s', async (_what, feedback, status) => {
  const { play } = await setUp();
  await expect(play(feedback)).rejects.toMatchObject({ name: 'Refusal', status });
});

test('says when a link of the message does not work', async () => {
  const { play } = await setUp({ status: 404 });
  await expect(play({ sendId: 'mail-1', type: 'click' })).rejects.toMatchObject({ code: 'link-refused' });
});
