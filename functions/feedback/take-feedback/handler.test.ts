import { describe, expect, test } from 'vitest';
import { sendId } from '#kernel/ids';
import { feedbackDesk, hard, mail, run } from '#test/builders/feedback-desk';

const desk = feedbackDesk();
const { put, topic, told, hear, writes, sent, facts, take } = desk;

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
    expect(desk.door.logs).toEqual([expect.stringMatching(/^warn feedback-dropped/)]);
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
    expect(desk.door.logs).toEqual([expect.stringMatching(/^warn feedback-dropped/)]);
  });

  test('what was skipped was never sent', async () => {
    await put(mail, { status: 'skipped', reason: 'no-consent', providerId: undefined });
    await hear('Open', { userAgent: 'Firefox' });
    expect([(await sent()).status, await facts()]).toEqual(['skipped', []]);
  });
});

test('logs hold ids only', async () => {
  await hear('Bounce', hard, { messageId: 'ses-other' });
  await writes('secret words', { originationNumber: '+4915199999999' });
  expect(desk.door.logs.join('\n')).not.toMatch(/ada@|secret|4915/);
});
