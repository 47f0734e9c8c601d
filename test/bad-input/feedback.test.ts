import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LambdaHandler } from '#aws/function-context';
import { createHandler } from '#functions/feedback/take-feedback/handler';
import { record } from '#functions/feedback/take-feedback/record';
import { topicEvent } from '#infra/local/lambda/topics';
import { iso } from '#kernel/clock';
import { runId, sendId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import { newContactWrite } from '#store/contacts/contacts';
import { identityKey } from '#store/contacts/identities';
import { main } from '#store/keys';
import { transact } from '#store/table';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';

const contact = 'a'.repeat(20);
const run = runId(contact, 'welcome');
const mail = sendId(run, 'hello', 1, 'email');
const skipped = sendId(run, 'skipped', 1, 'email');
const phone = '+4915112345678';
const time = '2026-03-01T09:00:00.000Z';
let door: FrontDoor;
let take: LambdaHandler;

beforeAll(async () => {
  door = await openFrontDoor();
  take = createHandler(door.context(record));
  const at = iso(door.clock.now());
  const given = { given: true, at, source: 'form:demo' };
  const ada = {
    ...{ ...emptyContact(contact, at), fields: { email: 'ada@example.com', phone } },
    consent: { email: given, sms: given },
  };
  const key = identityKey({ kind: 'phone', value: phone });
  await transact(door.store.dynamodb, [
    newContactWrite(door.store, ada, [key]),
    { table: door.store.main, put: { ...key, contact } },
  ]);
  const about = { contact, run, journey: 'welcome', version: 1, visit: 1, channel: 'email', at } as const;
  const sent = { status: 'sent', sentAt: at, providerId: 'ses-1' };
  await door.store.main.put({
    ...main.send(contact, mail),
    kind: 'send',
    id: mail,
    step: 'hello',
    ...about,
    ...sent,
  });
  const left = { status: 'skipped', reason: 'no-consent' };
  await door.store.main.put({
    ...main.send(contact, skipped),
    kind: 'send',
    id: skipped,
    step: 'skipped',
    ...about,
    ...left,
  });
});
afterAll(() => door.close());
beforeEach(() => {
  door.logs.length = 0;
});

/** Everything stored of the contact. */
const stored = async (): Promise<string> =>
  JSON.stringify(await door.store.main.query({ pk: main.profile(contact).pk }));

const topicArn = 'arn:aws:sns:eu-central-1:111122223333:wayleaf-acme-ses-events';
const published = (message: unknown, more: object = {}, arn = topicArn) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const event = topicEvent(
    { messageId: 'm', message: text },
    { topicArn: arn, now: door.clock.now(), region: 'eu-central-1' },
  );
  return { Records: event.Records.map((each) => ({ ...each, ...more })) };
};
interface Of {
  id?: string;
  messageId?: string;
  tags?: object;
}
const told = (
  eventType: string,
  detail: object = {},
  { id = mail, messageId = 'ses-1', tags = {} }: Of = {},
) => ({
  eventType,
  mail: {
    ...{ timestamp: time, source: 'mara@mail.acme.example', messageId, destination: ['ada@example.com'] },
    tags: { sendId: [id], 'ses:configuration-set': ['wayleaf-acme'], ...tags },
  },
  [eventType.charAt(0).toLowerCase() + eventType.slice(1)]: { timestamp: time, ...detail },
});
const hard = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [] };
const bounce = (of: Of = {}, detail: object = {}) => published(told('Bounce', { ...hard, ...detail }, of));
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** What comes in, and why it is left out; nothing of it may change what is stored. */
const forged: Readonly<Record<string, [event: () => unknown, reason: string | undefined]>> = {
  nothing: [() => undefined, 'not-from-sns'],
  'no records': [() => ({ Records: 'all' }), 'not-from-sns'],
  'a request of API Gateway': [
    () => ({ version: '2.0', routeKey: 'POST /', body: JSON.stringify(bounce()) }),
    'not-from-sns',
  ],
  'a message of SQS': [
    () => ({ Records: [{ eventSource: 'aws:sqs', body: JSON.stringify(told('Bounce', hard)) }] }),
    'not-from-sns',
  ],
  'a record that says it is from elsewhere': [
    () => published(told('Bounce', hard), { EventSource: 'aws:s3' }),
    'not-from-sns',
  ],
  'a topic of another account': [
    () =>
      published(told('Bounce', hard), {}, 'arn:aws:sns:eu-central-1:999999999999:wayleaf-acme-ses-events'),
    'foreign-topic',
  ],
  'a topic of another Region': [
    () => published(told('Bounce', hard), {}, 'arn:aws:sns:us-east-1:111122223333:wayleaf-acme-ses-events'),
    'foreign-topic',
  ],
  'a topic that is no topic': [
    () => published(told('Bounce', hard), {}, 'wayleaf-acme-ses-events'),
    'foreign-topic',
  ],
  'words instead of JSON': [() => published('bounce ada@example.com'), 'not-json'],
  'an empty message': [() => published(''), 'not-json'],
  'half a message': [() => published(JSON.stringify(told('Bounce', hard)).slice(0, -20)), 'not-json'],
  'a deep message': [() => published(deep(200)), 'too-deep'],
  'a message larger than SNS carries': [
    () => published(JSON.stringify({ ...told('Bounce', hard), x: 'x'.repeat(260 * 1024) })),
    'too-large',
  ],
  'a member that reaches into the prototype': [
    () => published(`{"__proto__":{"eventType":"Bounce"},${JSON.stringify(told('Bounce', hard)).slice(1)}`),
    'forbidden-key',
  ],
  'a member twice': [
    () => published(`{"eventType":"Delivery",${JSON.stringify(told('Bounce', hard)).slice(1)}`),
    'duplicate-key',
  ],
  'half a letter': [
    () => published(JSON.stringify({ ...told('Bounce', hard), x: '\ud800' })),
    'lone-surrogate',
  ],
  'JSON of somebody else': [() => published({ hello: 'world' }), 'not-understood'],
  'a list': [() => published([told('Bounce', hard)]), 'not-understood'],
  'a time that is none': [() => bounce({}, { timestamp: 'yesterday' }), 'not-understood'],
  'tags that are no lists': [() => bounce({ tags: { sendId: mail } }), 'not-understood'],
  'a very long name of a browser': [
    () => published(told('Open', { userAgent: 'x'.repeat(3_000) })),
    'not-understood',
  ],
  'a very long link': [
    () => published(told('Click', { link: `https://a.example/${'x'.repeat(5_000)}` })),
    'not-understood',
  ],
  'a mail of another configuration set': [
    () => bounce({ tags: { 'ses:configuration-set': ['wayleaf-shop'] } }),
    'foreign-configuration-set',
  ],
  'a mail of two configuration sets': [
    () => bounce({ tags: { 'ses:configuration-set': ['wayleaf-acme', 'wayleaf-shop'] } }),
    'foreign-configuration-set',
  ],
  'a send that never was': [() => bounce({ id: sendId(run, 'never', 1, 'email') }), 'unknown'],
  'a send of a contact that never was': [
    () => bounce({ id: `${'z'.repeat(20)}-${'1'.repeat(20)}` }),
    'unknown',
  ],
  'a send that is none': [() => bounce({ id: '../../profile' }), 'unknown'],
  'a send that was skipped': [() => bounce({ id: skipped }), 'unknown'],
  'a mail that SES knows by another id': [() => bounce({ messageId: 'ses-2' }), 'unknown'],
  'a reject of a mail that SES knows by another id': [
    () => published(told('Reject', { reason: 'Bad content' }, { messageId: 'ses-2' })),
    'unknown',
  ],
  'a mail without our tag': [() => bounce({ tags: { sendId: [] } }), undefined],
  'a type that there is not': [() => published(told('Exploded')), undefined],
  'a type without its detail': [() => published({ ...told('Bounce', hard), bounce: undefined }), undefined],
  'a delay': [() => published(told('DeliveryDelay', { delayType: 'General' })), undefined],
  'a complaint that says it is none': [
    () => published(told('Complaint', { complaintFeedbackType: 'not-spam' })),
    undefined,
  ],
  'a text of a number that is none': [
    () => published({ originationNumber: 'ACME', messageBody: 'STOP', inboundMessageId: 'i1' }),
    'unknown',
  ],
  'a text of a number that nobody has': [
    () => published({ originationNumber: '+4915199999999', messageBody: 'Hello', inboundMessageId: 'i2' }),
    'unknown',
  ],
  'a text without end': [
    () => published({ originationNumber: phone, messageBody: 'STOP'.repeat(1_000), inboundMessageId: 'i3' }),
    'not-understood',
  ],
};

/** A delivery as SES tells it is heard after each of them. */
let heard = 0;
const stillHears = async (): Promise<void> => {
  const timestamp = iso(Date.parse(time) + 1_000 * ++heard);
  door.logs.length = 0;
  await take(published(told('Open', { timestamp, userAgent: `Mozilla/5.0 Firefox/${heard}` })));
  const send = await door.store.main.get(main.send(contact, mail));
  expect([send?.openedAt !== undefined, door.logs]).toEqual([true, []]);
};

describe('feedback', () => {
  test.each(Object.keys(forged))('with %s changes nothing, and what is true is heard', async (name) => {
    const [event, reason] = forged[name]!;
    const before = await stored();
    expect(await take(event())).toBeUndefined();
    expect(door.logs.map((line) => /"reason":"([a-z-]+)"/.exec(line)?.[1])).toEqual(
      reason === undefined ? [] : [reason],
    );
    expect(door.logs.join()).not.toMatch(/ada@example|4915/);
    expect(await stored()).toBe(before);
    await stillHears();
  });

  test('one forged record does not cost the true one beside it', async () => {
    const [foreign, own] = [
      published('nonsense'),
      published(told('Click', { userAgent: 'Mozilla/5.0 Firefox/1', link: 'https://www.acme.example/a' })),
    ];
    await take({ Records: [...foreign.Records, ...own.Records] });
    const clicks = (await door.events(contact)).filter(({ message }) => message?.was === 'clicked');
    expect(clicks).toHaveLength(1);
  });
});

describe('feedback that comes more than once', () => {
  const facts = async (was: string): Promise<number> =>
    (await door.events(contact)).filter(({ message }) => message?.was === was).length;
  const profile = () => door.store.main.get(main.profile(contact));

  test('is one event: in one batch, in two calls, and at the same moment', async () => {
    const twice = { Records: [...bounce().Records, ...bounce().Records] };
    await take(twice);
    await take(bounce());
    await Promise.all([take(bounce()), take(bounce()), take(twice)]);
    expect([await facts('bounced'), door.logs]).toEqual([1, []]);
    expect((await profile())?.suppressed).toMatchObject({ email: { reason: 'hard-bounce' } });
  });

  test('out of order, the strictest stays', async () => {
    await take(published(told('Complaint', { complaintFeedbackType: 'abuse' })));
    await take(published(told('Delivery')));
    await take(published(told('Complaint', { complaintFeedbackType: 'not-spam' })));
    const { suppressed, consent } = (await profile()) ?? {};
    expect(suppressed).toMatchObject({ email: { reason: 'hard-bounce' } });
    expect(consent).toMatchObject({ email: { given: false, source: 'complaint' }, sms: { given: true } });
  });
});
