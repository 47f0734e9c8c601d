import { describe, expect, test } from 'vitest';
import { main } from '#store/keys';
import { settleSend } from '#store/sends/sends';
import { at, contact, feedbackDesk, mail, run } from '#test/builders/feedback-desk';

const desk = feedbackDesk();
const { put, hear, sent, facts, profile } = desk;

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
    const click = (await desk.door.events(contact)).find(({ message }) => message?.was === 'clicked');
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
    expect((await desk.door.events(contact))[0]?.message?.machine).toBe(true);
  });

  test.each([{}, { userAgent: 'python-requests/2.32.3' }])(
    'of a click by no browser (%j) is by a program',
    async (by) => {
      await hear('Click', { ...by, link: 'https://www.acme.example/trial' });
      expect((await sent()).clickedAt).toBeUndefined();
      expect((await desk.door.events(contact))[0]?.message?.machine).toBe(true);
    },
  );

  test('of a mail that is known to be sent is no news', async () => {
    desk.door.taken();
    await hear('Send');
    expect([await facts(), desk.door.taken().filter((o) => /Put|Update|Transact/.test(o))]).toEqual([[], []]);
  });

  test.each(['claimed', 'indeterminate'] as const)(
    'settles a send that was %s: it was sent',
    async (status) => {
      await put(mail, { status, reason: 'timeout' });
      await hear('Send');
      const item = await desk.door.store.main.get(main.send(contact, mail));
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
    expect([await facts(), desk.door.logs]).toEqual([[], []]);
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
    const item = await desk.door.store.main.get(main.send(contact, mail));
    expect(item).toMatchObject({ status: 'failed', reason: 'rejected' });
    expect([item?.unsettled, item?.unsettledAt, item?.again]).toEqual([undefined, undefined, undefined]);
    expect(desk.door.logs).toEqual([]);
  });

  test.each([
    ['was accepted', { status: 'sent', providerId: 'ses-1' }],
    ['was surely not accepted', { status: 'failed', reason: 'throttled', again: true }],
  ] as const)('of a rejection stays when its sender then tells that it %s', async (_, result) => {
    await put(mail, { status: 'claimed', owner: 'us' });
    const claimed = await sent();
    await hear('Reject');
    expect(await settleSend(desk.door.store, claimed, result)).toBe(false);
    expect(await sent()).toMatchObject({ status: 'failed', reason: 'rejected' });
    expect((await sent()).again).toBeUndefined();
  });

  test('of a rejection is no news of a mail that we skipped, nor of another mail', async () => {
    await hear('Reject', {}, { messageId: 'ses-2' });
    expect((await sent()).status).toBe('sent');
    await put(mail, { status: 'skipped', reason: 'cap' });
    await hear('Reject');
    expect(await sent()).toMatchObject({ status: 'skipped', reason: 'cap' });
    expect(desk.door.logs).toHaveLength(2);
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
