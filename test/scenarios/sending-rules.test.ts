import { describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const { caps: _, quietHours: __, ...quiet } = readClientFolder('acme').client as Record<string, unknown>;
/** A client that sets no rules for all. */
const free = { ...readClientFolder('acme'), client: { ...quiet }, journeys: {}, segments: {} };
const signedUp = { on: [{ event: 'Signed Up' }], again: 'always' };
const mail = (id: string, more: object = {}) => ({ id, type: 'email', template: 'thank-you', ...more });
const skipped = async (world: AudienceWorld, journey: string, step: string) =>
  (await world.report(journey)).steps.find(({ id }) => id === step)?.skipped;

describe('caps', () => {
  test('count over all journeys, also those that set none, and skips are counted by reason', async () => {
    const world = await open({ client: free });
    await world.publish({ id: 'free', enter: { on: [{ event: 'A' }], again: 'always' }, steps: [mail('m')] });
    await world.publish({
      id: 'capped',
      enter: { on: [{ event: 'B' }], again: 'always' },
      sending: { cap: { email: { atMost: 2, per: '7 days' } } },
      steps: [mail('m')],
    });
    await world.identify('ada');
    for (const event of ['A', 'B', 'B', 'A']) {
      await world.track('ada', event);
      await world.drain();
    }
    expect(await world.mails('ada')).toHaveLength(3);
    expect(await skipped(world, 'capped', 'm')).toEqual({ cap: 1 });
    // The first two leave the window of the cap.
    await world.advance('8 days');
    await world.track('ada', 'B');
    await world.drain();
    expect(await world.mails('ada')).toHaveLength(4);
  });

  test('hold when many journeys send to one contact at the same moment', async () => {
    const world = await open({ client: free, redeliver: { twice: true, shuffle: true } });
    const ids = Array.from({ length: 8 }, (_, i) => `j${i}`);
    for (const id of ids)
      await world.publish({
        id,
        enter: signedUp,
        sending: { cap: { email: { atMost: 3, per: '1 day' } } },
        steps: [mail('m')],
      });
    await world.identify('ada');
    await world.track('ada', 'Signed Up');
    await world.advance('1 hour');
    expect(await world.mails('ada')).toHaveLength(3);
    const reasons = await Promise.all(ids.map((id) => skipped(world, id, 'm')));
    expect(reasons.filter((reason) => reason?.cap === 1)).toHaveLength(5);
    expect(world.world.executions().every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  });

  test('are by channel', async () => {
    const world = await open({ client: free });
    const sending = { cap: { email: { atMost: 1, per: '1 day' }, sms: { atMost: 1, per: '1 day' } } };
    const steps = [
      mail('m'),
      { id: 's', type: 'sms', text: 'Hi' },
      { id: 't', type: 'sms', text: 'Hi again' },
    ];
    await world.publish({ id: 'both', enter: signedUp, sending, steps });
    await world.identify('ada', { phone: '+4915112345678', consent: ['email', 'sms'] });
    await world.track('ada', 'Signed Up');
    await world.drain();
    expect((await world.world.outbox()).map(({ channel }) => channel)).toEqual(['email', 'sms']);
    expect(await skipped(world, 'both', 't')).toEqual({ cap: 1 });
  });
});

describe('quiet hours', () => {
  const night = { from: '21:00', to: '08:00' };
  // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
  const skippedNight = { ...night, then: 'skip' };

  test.each([
    ['Europe/Berlin', '2026-03-03T07:00:00.000Z'],
    ['America/New_York', '2026-03-02T22:30:00.000Z'],
    // Half an hour off; clocks of the place, not of the client.
    ['Asia/Kolkata', '2026-03-03T02:30:00.000Z'],
  ])('hold until eight by the contact’s own clock: %s', async (timezone, sentAt) => {
    const world = await open({ client: free, start: Date.parse('2026-03-02T22:30:00Z') });
    await world.publish({ id: 'held', enter: signedUp, sending: { quietHours: night }, steps: [mail('m')] });
    await world.identify('ada', { timezone });
    await world.track('ada', 'Signed Up');
    await world.drain();
    const held = (await world.report('held')).steps.find(({ id }) => id === 'm')?.held;
    expect(held).toEqual(timezone.startsWith('America') ? {} : { 'quiet-hours': 1 });
    await world.advance('1 day');
    expect((await world.mails('ada')).map(({ at }) => at)).toEqual([sentAt]);
    expect((await world.report('held')).steps.find(({ id }) => id === 'm')?.held).toEqual({});
  });

  test('over a night in which clocks go forward end at eight, not at nine', async () => {
    const world = await open({ client: free, start: Date.parse('2026-03-28T22:30:00Z') });
    await world.publish({ id: 'held', enter: signedUp, sending: { quietHours: night }, steps: [mail('m')] });
    await world.identify('ada', { timezone: 'Europe/Berlin' });
    await world.track('ada', 'Signed Up');
    await world.advance('1 day');
    expect((await world.mails('ada')).map(({ at }) => at)).toEqual(['2026-03-29T06:00:00.000Z']);
  });

  test('skip where they say so, are of the journey’s own zone where it names one, and leave receipts alone', async () => {
    const world = await open({ start: Date.parse('2026-03-02T22:30:00Z') });
    await world.publish({
      id: 'skips',
      enter: signedUp,
      sending: { quietHours: skippedNight },
      steps: [mail('m')],
    });
    const tokyo = { quietHours: night, timezone: 'Asia/Tokyo' };
    await world.publish({ id: 'tokyo', enter: signedUp, sending: tokyo, steps: [mail('m')] });
    await world.publish({
      id: 'receipt',
      enter: signedUp,
      sending: { class: 'transactional' },
      steps: [mail('m')],
    });
    await world.identify('ada', { timezone: 'Europe/Berlin' });
    await world.track('ada', 'Signed Up');
    await world.drain();
    expect(await skipped(world, 'skips', 'm')).toEqual({ 'quiet-hours': 1 });
    expect(await world.mails('ada')).toHaveLength(1);
    await world.advance('1 day');
    expect((await world.mails('ada')).map(({ at }) => at)).toEqual([
      '2026-03-02T22:30:00.000Z',
      '2026-03-02T23:00:00.000Z',
    ]);
  });
});

describe('a pause', () => {
  const held = { class: 'marketing', freshFor: '3 days' };

  test('holds, and on resuming what became stale is skipped and counted, never sent in a burst', async () => {
    const world = await open({ client: free });
    await world.publish({ id: 'news', enter: signedUp, sending: held, steps: [mail('old')] });
    await world.insist('POST', '/v1/journeys/news/pause');
    const names = Array.from({ length: 12 }, (_, i) => `u${i}`);
    for (const name of names) {
      await world.identify(name);
      await world.track(name, 'Signed Up');
      if (name === 'u9') await world.advance('4 days');
    }
    await world.drain();
    expect(await world.world.outbox()).toEqual([]);
    expect((await world.report('news')).steps[0]?.held).toEqual({ paused: 12 });
    await world.insist('POST', '/v1/journeys/news/resume');
    await world.advance('1 hour');
    expect(await world.world.outbox()).toHaveLength(2);
    expect(await skipped(world, 'news', 'old')).toEqual({ stale: 10 });
    expect(await world.report('news')).toMatchObject({ active: 0, ended: { completed: 12 } });
  });
});

describe('entering again', () => {
  test('by gap and count, each refusal counted by its reason', async () => {
    const world = await open({ redeliver: { twice: true, shuffle: true } });
    const again = { after: '7 days', atMost: 2 };
    await world.publish({ id: 'gap', enter: { on: [{ event: 'Signed Up' }], again } });
    await world.publish({ id: 'once', enter: { on: [{ event: 'Signed Up' }], if: { consent: 'email' } } });
    await world.identify('ada');
    for (const pause of ['1 day', '8 days', '8 days', '0 days']) {
      await world.track('ada', 'Signed Up');
      await world.advance(pause);
    }
    expect(await world.report('gap')).toMatchObject({
      entered: 2,
      refused: { 'too-soon': 1, 'too-often': 1 },
    });
    expect(await world.report('once')).toMatchObject({ entered: 1, refused: { 'never-again': 3 } });
    await world.identify('bob', { consent: [] });
    await world.track('bob', 'Signed Up');
    await world.drain();
    expect(await world.report('once')).toMatchObject({
      entered: 1,
      refused: { 'never-again': 3, condition: 1 },
    });
  });

  test('by key: one run for each appointment, and none without one', async () => {
    const world = await open();
    const enter = { on: [{ event: 'Appointment Made' }], key: 'trigger.properties.appointmentId' };
    const steps = [{ id: 'rest', type: 'wait', for: '5 days' }];
    await world.publish({ id: 'remind', enter, steps });
    await world.identify('ada');
    for (const appointmentId of ['a', 'b', 'a', undefined])
      await world.track('ada', 'Appointment Made', { properties: { appointmentId } });
    await world.drain();
    expect(await world.report('remind')).toMatchObject({
      entered: 2,
      active: 2,
      refused: { 'already-active': 1, 'no-key': 1 },
    });
  });
});

test('a second complaint about the same mail, after an administrator’s yes, stops mail again', async () => {
  const world = await open({ client: free });
  await world.publish({ id: 'news', enter: signedUp, steps: [mail('m')] });
  await world.identify('ada');
  await world.track('ada', 'Signed Up');
  await world.drain();
  const [first] = await world.mails('ada');
  const sendId = first!.sendId!;
  await world.world.feedback({ sendId, type: 'complaint' });
  await world.advance('1 day');
  const { id } = await world.contact('ada');
  await world.insist('PATCH', `/v1/contacts/${id}`, { consent: { email: true } });
  await world.drain();
  expect((await world.contact('ada')).suppressed).toEqual({});
  await world.world.feedback({ sendId, type: 'complaint' });
  await world.drain();
  expect((await world.contact('ada')).suppressed).toMatchObject({ email: { reason: 'complaint' } });
});
