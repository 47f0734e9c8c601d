import { afterEach, beforeEach } from 'vitest';
import type { LambdaHandler } from '#aws/function-context';
import { createHandler } from '#functions/feedback/take-feedback/handler';
import { record } from '#functions/feedback/take-feedback/record';
import { newId, runId, sendId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import type { Send } from '#model/send';
import { getContact, newContactWrite } from '#store/contacts/contacts';
import { identityKey } from '#store/contacts/identities';
import { main, unsettled } from '#store/keys';
import { readSend } from '#store/sends/sends';
import { transact } from '#store/table';
import { type FrontDoor, openFrontDoor } from './front-door.ts';

export const at = '2026-03-01T08:59:00.000Z';
export const contact = 'a'.repeat(20);
export const run = runId(contact, 'welcome');
export const mail = sendId(run, 'hello', 1, 'email');
export const text = sendId(run, 'nudge', 1, 'sms');
export const phone = '+4915112345678';
export const hard = {
  bounceType: 'Permanent',
  bounceSubType: 'General',
  bouncedRecipients: [{ emailAddress: 'ada@example.com' }],
};

/** SNS hands `take-feedback` what was told of a mail and a text that one contact got; anew for each test. */
export const feedbackDesk = () => {
  let door: FrontDoor;
  let handler: LambdaHandler;
  const take = (event: unknown) => handler(event);

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
    handler = createHandler(door.context(record));
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
  const writes = (messageBody: string, more: object = {}) =>
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

  return {
    get door() {
      return door;
    },
    ...{ take, put, topic, told, hear, writes, sent, facts, profile },
  };
};
