import { expect, test } from 'vitest';
import type { Status } from '#functions/operations/watching/status';
import { readClientFolder } from '#infra/client-folder';
import type { Figure } from '#infra/local/contexts';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const { caps: _, quietHours: __, ...quiet } = readClientFolder('acme').client as Record<string, unknown>;
const clientWith = (more: object) => ({
  ...readClientFolder('acme'),
  client: { ...quiet, ...more },
  journeys: {},
  segments: {},
});
const signedUp = { on: [{ event: 'Signed Up' }], again: 'always' };
const mail = { id: 'm', type: 'email', template: 'thank-you' };

test('the status tells the day, and what is measured adds up to it', async () => {
  const figures: Figure[] = [];
  const world = await open({ client: clientWith({}), measured: (figure) => figures.push(figure) });
  await world.publish({
    id: 'one',
    enter: signedUp,
    steps: [mail, { id: 'w', type: 'wait', for: '5 days' }],
  });
  await world.advance('10 minutes');
  for (const name of ['ada', 'bob', 'eve']) {
    await world.identify(name);
    await world.track(name, 'Signed Up');
    await world.advance('20 minutes');
  }
  await world.advance('1 hour');
  const status = await world.insist<Status>('GET', '/v1/status');
  expect(status).toMatchObject({
    client: 'acme',
    healthy: true,
    problems: [],
    today: { leads: 3, runs: 3, sends: { sent: 3, failed: 0 }, delivered: 3 },
    runs: { active: 3 },
    quarantine: { entries: 0 },
  });
  const sum = (name: string) => figures.reduce((all, f) => all + (f.name === name ? f.value : 0), 0);
  expect(['Leads', 'RunsStarted', 'SendsSent', 'Delivered'].map(sum)).toEqual([3, 3, 3, 3]);
  expect(figures.findLast(({ name }) => name === 'RunsActive')?.value).toBe(3);
});

test('what is wrong is named: a pause, a journey, an event that waits', async () => {
  let isBroken = false;
  const world = await open({
    client: clientWith({}),
    intercept: ({ caller = '' }, next) =>
      isBroken && /^(hear-event|sweep)$/.test(caller) ? Promise.reject(new Error('down')) : next(),
  });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail] });
  await world.identify('ada');
  await world.drain();
  isBroken = true;
  await world.track('ada', 'Signed Up');
  await world.world.advance('15 minutes');
  await world.insist('POST', '/v1/sending/pause', { channel: 'sms' });
  await world.insist('POST', '/v1/journeys/one/pause');
  const { healthy, problems } = await world.insist<Status>('GET', '/v1/status');
  expect(healthy).toBe(false);
  expect(problems.map(({ code }) => code)).toEqual(['sending-paused', 'events-waiting', 'journey-paused']);
  isBroken = false;
  await world.world.advance('15 minutes');
  const held = [
    { reason: 'paused', count: 1, says: expect.stringContaining('1 run held because'), state: 'watch' },
  ];
  expect((await world.insist<Status>('GET', '/v1/status')).runs).toEqual({ active: 1, held });
  expect(await world.insist('GET', '/v1/reports/overview')).toMatchObject({ health: { held } });
  await world.insist('POST', '/v1/journeys/one/resume');
  await world.world.advance('1 minute');
  expect((await world.insist<Status>('GET', '/v1/status')).runs.held).toEqual([]);
});

test('the heart beats by every channel that is named, each under its own right', async () => {
  const device = `arn:aws:sns:eu-central-1:111122223333:endpoint/GCM/acme/12345678-1234-1234-1234-123456789012`;
  const world = await open({ client: clientWith({ heartbeat: { device, team: 'sales' } }) });
  await world.drain();
  const { heartbeat, problems } = await world.insist<Status>('GET', '/v1/status');
  expect(heartbeat).toMatchObject([
    { channel: 'push', state: 'accepted' },
    { channel: 'team', state: 'accepted' },
  ]);
  expect(problems).toEqual([]);
  const sent = await world.world.outbox();
  expect(sent.map(({ channel, to }) => [channel, to])).toEqual([
    ['push', device],
    ['team', expect.stringContaining('sales')],
  ]);
});

test('the heart beats by mail and text, is told when it does not arrive, and again when it does', async () => {
  const world = await open({
    client: clientWith({
      heartbeat: { email: 'beat@acme.example', phone: '+4915112345678', every: '1 hour' },
    }),
    autoDelivery: false,
  });
  const beats = async () => (await world.insist<Status>('GET', '/v1/status')).heartbeat;
  await world.drain();
  expect(await beats()).toMatchObject([
    { channel: 'email', state: 'on-its-way' },
    { channel: 'sms', state: 'accepted' },
  ]);
  const [first] = await world.world.outbox();
  expect(first).toMatchObject({ to: 'beat@acme.example', subject: 'Heartbeat of acme' });
  await world.world.advance('16 minutes');
  const status = await world.insist<Status>('GET', '/v1/status');
  expect(status.problems.map(({ code }) => code)).toEqual(['heartbeat-missing']);
  await world.world.feedback({ sendId: first!.sendId!, type: 'delivery' });
  expect((await beats())[0]).toMatchObject({ state: 'arrived' });
  await world.world.advance('70 minutes');
  expect(await world.world.outbox()).toHaveLength(4);
});
