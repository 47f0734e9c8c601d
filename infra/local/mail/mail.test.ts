import { expect, test } from 'vitest';
import { AwsError } from '../aws-error.ts';
import { openDatabase } from '../sqlite/database.ts';
import { createMail, type MailOptions } from './mail.ts';
import { viewMessage } from './view.ts';

const clock = { now: () => Date.parse('2026-03-01T08:00:00Z') };
const mailer = (more: Partial<MailOptions> = {}) =>
  createMail({
    db: openDatabase(':memory:'),
    clock,
    region: 'eu-central-1',
    account: '123456789012',
    ...more,
  });

const mime = [
  'From: Acme <hello@mail.acme.example>',
  'To: Ada <ada@example.com>',
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'X-SES-MESSAGE-TAGS: sendId=s-1, step=welcome',
  'X-SES-CONFIGURATION-SET: wayleaf-acme',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<p>Hello =E2=82=AC</p>',
  '--b--',
  '',
].join('\r\n');
const raw = (text = mime) => ({ RawMessage: { Data: new Uint8Array(Buffer.from(text)) } });

test('keeps the exact message and shows it parsed', async () => {
  const { ses, outbox } = mailer();
  const { MessageId } = (await ses('SendRawEmail', raw())) as { MessageId: string };
  const [kept] = outbox.list();
  expect(Buffer.from(kept!.body).toString()).toBe(mime);
  const view = await viewMessage(kept!);
  expect(view).toMatchObject({
    at: '2026-03-01T08:00:00.000Z',
    channel: 'email',
    to: 'ada@example.com',
    sendId: 's-1',
    subject: 'Grüße',
    html: expect.stringContaining('<p>Hello €</p>'),
    text: expect.stringContaining('Hello'),
    raw: mime,
    messageId: MessageId,
    tags: { sendId: 's-1', step: 'welcome' },
    configurationSet: 'wayleaf-acme',
  });
  expect(view.headers).toMatchObject({
    from: 'Acme <hello@mail.acme.example>',
    'x-ses-message-tags': 'sendId=s-1, step=welcome',
  });
});

test('what the call names counts more than what the headers say', async () => {
  const { ses, outbox } = mailer();
  await ses('SendRawEmail', {
    ...raw(),
    Destinations: ['bob@example.com'],
    Tags: [{ Name: 'sendId', Value: 's-2' }],
    ConfigurationSetName: 'other',
  });
  expect(outbox.find('s-2')).toMatchObject({ to: ['bob@example.com'], configurationSet: 'other' });
  expect(outbox.find('s-1')).toBeUndefined();
});

const refusal = async (work: Promise<unknown>) => {
  const error = await work.catch((e) => e);
  if (!(error instanceof AwsError)) throw new Error('it was not refused', { cause: error });
  return `${error.name}: ${error.message}`;
};

test.each([
  ['no message', { RawMessage: {} }, /InvalidParameterValue: Missing/],
  ['no sender', raw('To: a@b.example\r\n\r\nx'), /Missing required header 'From'/],
  ['no recipient', raw('From: a@b.example\r\n\r\nx'), /Recipient list is empty/],
  [
    'an address with a line break',
    { ...raw(), Destinations: ['a@b.example\r\nBcc: c@d.example'] },
    /Illegal address|Recipient/,
  ],
  ['a tag with a space', { ...raw(), Tags: [{ Name: 'a', Value: 'b c' }] }, /Invalid tag/],
  ['more than 10 MB', raw(mime + 'x'.repeat(10 * 1024 * 1024)), /Message length is more than 10485760/],
])('SES refuses %s, and keeps nothing', async (_what, input, message) => {
  const { ses, outbox } = mailer();
  expect(await refusal(ses('SendRawEmail', input))).toMatch(message);
  expect(outbox.list()).toEqual([]);
});

test('SES refuses senders outside the verified domains', async () => {
  const strict = mailer({ identities: ['acme.example'] });
  await strict.ses('SendRawEmail', raw());
  const foreign = raw(mime.replace('mail.acme.example', 'notacme.example'));
  expect(await refusal(strict.ses('SendRawEmail', foreign))).toMatch(
    /MessageRejected: Email address is not verified/,
  );
});

test('SES counts what was sent in the last day', async () => {
  const { ses } = mailer();
  await ses('SendRawEmail', raw());
  expect(await ses('GetSendQuota', {})).toMatchObject({ SentLast24Hours: 1 });
});

test('texts are kept with the attributes that name their send', async () => {
  const { sns, outbox } = mailer();
  const MessageAttributes = { sendId: { DataType: 'String', StringValue: 's-3' } };
  await sns('Publish', { PhoneNumber: '+4915112345678', Message: 'Grüße', MessageAttributes });
  expect(await viewMessage(outbox.find('s-3')!)).toMatchObject({
    channel: 'sms',
    to: '+4915112345678',
    text: 'Grüße',
    sendId: 's-3',
  });
});

test('a team is reached by its topic, once that exists', async () => {
  const { sns, outbox } = mailer();
  const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:sales';
  expect(await refusal(sns('Publish', { TopicArn, Message: 'x' }))).toMatch(/NotFoundException/);
  expect(await sns('CreateTopic', { Name: 'sales' })).toEqual({ TopicArn });
  await sns('CreateTopic', { Name: 'sales' });
  await sns('Publish', { TopicArn, Message: 'Call Ada', Subject: 'A task' });
  expect(await Promise.all(outbox.list().map(viewMessage))).toMatchObject([
    { channel: 'team', to: TopicArn, subject: 'A task', text: 'Call Ada' },
  ]);
  expect(await sns('ListTopics', {})).toEqual({ Topics: [{ TopicArn }] });
});

test('a topic that functions listen to goes to them and not to the outbox', async () => {
  const heard: unknown[] = [];
  const { sns, outbox } = mailer({ onTopic: (arn, { message }) => heard.push([arn, message]) > 0 });
  await sns('CreateTopic', { Name: 'ses-events' });
  await sns('Publish', { TopicArn: 'arn:aws:sns:eu-central-1:123456789012:ses-events', Message: '{}' });
  expect(heard).toEqual([['arn:aws:sns:eu-central-1:123456789012:ses-events', '{}']]);
  expect(outbox.list()).toEqual([]);
});

test.each([
  ['nobody', { Message: 'x' }, /exactly one/],
  ['two receivers', { PhoneNumber: '+15550100', TopicArn: 'arn', Message: 'x' }, /exactly one/],
  ['a number that is none', { PhoneNumber: '0151 123', Message: 'x' }, /PhoneNumber Reason/],
  ['an empty text', { PhoneNumber: '+15550100', Message: '' }, /Empty message/],
  ['a text of 1,601 characters', { PhoneNumber: '+15550100', Message: 'x'.repeat(1601) }, /too long/],
])('SNS refuses %s', async (_what, input, message) => {
  expect(await refusal(mailer().sns('Publish', input))).toMatch(message);
});
