import { describe, expect, test } from 'vitest';
import { editContact } from '#functions/contacts/changing/apply';
import { putClient } from '#store/catalogue/client';
import { main } from '#store/keys';
import { hashAddress } from '#store/secrets';
import { readSend } from '#store/sends/sends';
import { at, contact, feedbackDesk, phone, text } from '#test/builders/feedback-desk';
import { aClient } from '#test/builders/message-order';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const desk = feedbackDesk();
const { topic, writes, facts, profile, take } = desk;

describe('text messages', () => {
  test('STOP suppresses the channel and is heard as leaving the last text', async () => {
    await writes('Stop');
    expect((await profile()).suppressed.sms?.reason).toBe('stop');
    expect((await profile()).consent.sms).toMatchObject({ given: false, source: 'stop' });
    expect((await desk.door.events(contact))[0]?.message).toMatchObject({
      sendId: text,
      step: 'nudge',
      was: 'unsubscribed',
    });
  });

  test('START takes it back', async () => {
    await writes('STOP');
    await writes('START');
    expect([(await profile()).suppressed, (await profile()).consent.sms?.given]).toEqual([{}, true]);
  });

  test('a reply belongs to the last text, and its words are not kept', async () => {
    await writes('My dog is called Rex');
    const [event] = await desk.door.events(contact);
    expect(event?.message).toMatchObject({ sendId: text, was: 'replied' });
    expect(JSON.stringify([event, desk.door.logs])).not.toContain('Rex');
  });

  test('the same message twice is one', async () => {
    await writes('Hello', { inboundMessageId: 'm-1' });
    await writes('Hello', { inboundMessageId: 'm-1' });
    expect(await facts()).toEqual(['replied']);
  });

  const answers = () => desk.door.outbox().map(({ body, to }) => `${to} ${Buffer.from(body).toString()}`);
  const stopped = `${phone} Acme: You get no more texts from us. Reply START if you want them again.`;
  const started = `${phone} Acme: You get our texts again. Reply STOP to end them, HELP for help.`;
  const helped = `${phone} Acme: For help, ask team@acme.example. Reply STOP to get no more texts.`;

  test('STOP is confirmed once, a second one and the same one again not at all', async () => {
    await writes('STOP', { inboundMessageId: 'm-1' });
    await writes('STOP', { inboundMessageId: 'm-1' });
    await writes('Stop!!');
    await writes('unsubscribe');
    expect(answers()).toEqual([stopped]);
  });

  test('the confirmation is claimed in the transaction of the STOP, and is a send with a fate', async () => {
    desk.door.taken();
    await writes('STOP');
    expect(desk.door.taken().filter((operation) => /Put|Update|Transact/.test(operation))).toEqual([
      'TransactWriteItems',
      'UpdateItem',
    ]);
    const [{ sendId: id = '' } = {}] = desk.door.outbox();
    expect(await readSend(desk.door.store, contact, id)).toMatchObject({
      ...{ journey: 'text:stop', channel: 'sms', status: 'sent', providerId: expect.any(String) },
    });
  });

  test('a confirmation of unknown fate is not sent again', async () => {
    const lost = createHandler({
      ...desk.door.context(record),
      aws: {
        ...desk.door.context(record).aws,
        sns: { send: () => Promise.reject(new Error('reset')) } as never,
      },
    });
    const publish = topic({ originationNumber: phone, messageBody: 'STOP', inboundMessageId: 'm-1' });
    await lost(publish);
    await take(publish);
    expect(answers()).toEqual([]);
    expect(desk.door.logs).toEqual([expect.stringMatching(/^error send-indeterminate/)]);
    expect((await profile()).suppressed.sms?.reason).toBe('stop');
  });

  test('what was claimed and then killed before the call is left as unknown', async () => {
    const publish = topic({ originationNumber: phone, messageBody: 'STOP', inboundMessageId: 'm-1' });
    const killed = createHandler({
      ...desk.door.context(record),
      aws: { ...desk.door.context(record).aws, sns: { send: () => new Promise(() => {}) } as never },
    });
    void killed(publish);
    while (!(await profile()).suppressed.sms) await new Promise((resolve) => setImmediate(resolve));
    await take(publish);
    const sends = await desk.door.store.main.query({ pk: main.contactPk(contact), prefix: 'M#' });
    const answer = sends.find(({ journey }) => journey === 'text:stop');
    expect([answers(), answer?.status, answer?.reason]).toEqual([[], 'indeterminate', 'unknown-outcome']);
  });

  test('START is confirmed where it changes something', async () => {
    await writes('START');
    expect(answers()).toEqual([]);
    await writes('STOP');
    await writes('START');
    await writes('START');
    expect(answers()).toEqual([stopped, started]);
  });

  test('HELP is answered once a day, changes nothing, and not who stopped', async () => {
    await writes('HELP');
    await writes('Help!');
    expect(answers()).toEqual([helped]);
    await desk.door.clock.advanceTo(desk.door.clock.now() + 86_400_000, async () => {});
    await writes('info');
    expect(answers()).toEqual([helped, helped]);
    expect([(await profile()).suppressed, (await profile()).consent.sms?.given]).toEqual([{}, true]);
    expect((await desk.door.events(contact)).map(({ name }) => name)).toEqual(
      Array(3).fill('Help Requested'),
    );
    await writes('STOP');
    await writes('HELP');
    expect(answers()).toEqual([helped, helped, stopped]);
  });

  test('an answer to our own answer is about the last text of a journey', async () => {
    await writes('HELP');
    await writes('Thank you');
    const reply = (await desk.door.events(contact)).find(({ name }) => name === 'Text Received');
    expect(reply?.message).toMatchObject({ sendId: text, was: 'replied' });
  });

  test('nothing is answered where somebody else does, and own words are heard', async () => {
    const client = aClient();
    client.channels.sms = { answers: false, keywords: { stop: ['basta'] } };
    await putClient(desk.door.store, client);
    await writes('Basta!');
    expect([(await profile()).suppressed.sms?.reason, answers()]).toEqual(['stop', []]);
  });

  test('are answered in the language of the contact', async () => {
    await editContact(desk.door.store, contact, {
      ...{ id: 'x', by: 'test', at, depth: 0, update: { set: { language: 'de' } } },
    });
    await writes('Abmelden');
    expect(answers()[0]).toContain('Sie erhalten keine SMS mehr von uns.');
  });

  test('STOP of a number nobody knows counts for the number, and so does its START', async () => {
    await writes('STOP', { originationNumber: '+4915199999999' });
    const key = main.suppression('sms', hashAddress(await desk.door.store.keys(), 'sms', '+4915199999999'));
    expect(await desk.door.store.main.get(key)).toMatchObject({ reason: 'stop' });
    await writes('START', { originationNumber: '+4915199999999' });
    expect(await desk.door.store.main.get(key)).toBeUndefined();
    await desk.door.store.main.put({ ...key, reason: 'complaint', at });
    await writes('START', { originationNumber: '+4915199999999' });
    expect(await desk.door.store.main.get(key)).toMatchObject({ reason: 'complaint' });
  });
});
