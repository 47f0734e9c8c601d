import { describe, expect, test } from 'vitest';
import { sendId } from '#kernel/ids';
import type { Send } from '#model/send';
import { main } from '#store/keys';
import { hashAddress } from '#store/secrets';
import { at, contact, feedbackDesk, hard, run } from '#test/builders/feedback-desk';

const desk = feedbackDesk();
const { put, hear, sent, profile } = desk;

describe('suppresses at once', () => {
  const listed = async () =>
    desk.door.store.main.get(
      main.suppression('email', hashAddress(await desk.door.store.keys(), 'email', 'ada@example.com')),
    );

  test.each([
    ['a hard bounce', 'Bounce', hard, 'hard-bounce'],
    ['a complaint', 'Complaint', { complaintFeedbackType: 'abuse' }, 'complaint'],
  ])('%s', async (_, type, detail, reason) => {
    await hear(type, detail);
    expect((await profile()).suppressed.email?.reason).toBe(reason);
    expect(await listed()).toMatchObject({ reason });
    expect((await desk.door.events(contact))[0]).toMatchObject({ applied: { suppressed: ['email'] } });
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
    desk.door.taken();
    await hear('Bounce', hard);
    expect(desk.door.taken().filter((operation) => /Put|Update|Transact/.test(operation))).toEqual([
      'TransactWriteItems',
    ]);
  });
});
