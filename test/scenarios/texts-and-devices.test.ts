import { describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import type { Step } from '#statemachines/document/schema';
import { main } from '#store/keys';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const phone = '+4915112345678';
const on = (event: string) => ({ on: [{ event }], again: 'always' });
const text = { id: 's', type: 'sms', text: 'Hello' };
const push = { id: 'p', type: 'push', title: 'Hello', body: 'World' };

const outbox = async ({ world }: AudienceWorld, channel: string) =>
  (await world.outbox()).filter((message) => message.channel === channel);
const stepOf = async (world: AudienceWorld, journey: string, id: string) =>
  (await world.report(journey)).steps.find((step) => step.id === id);
const withoutCaps = (more: object = {}) => {
  const { caps: _, ...client } = readClientFolder('acme').client as Record<string, unknown>;
  return { ...readClientFolder('acme'), client: { ...client, ...more }, journeys: {}, segments: {} };
};

describe('texts', () => {
  const evening = Date.parse('2026-03-02T19:30:00Z');

  test.each([
    ['wait for nine o’clock by the contact’s own clock', 'Europe/Berlin', {}, '2026-03-03T08:00:00.000Z'],
    ['are sent where it is day', 'America/New_York', {}, '2026-03-02T19:30:00.000Z'],
    [
      'follow the journey',
      'Europe/Berlin',
      { sending: { quietHours: { from: '22:00', to: '07:00' } } },
      '2026-03-02T19:30:00.000Z',
    ],
    [
      'that were asked for come at night',
      'Europe/Berlin',
      { sending: { class: 'transactional' } },
      '2026-03-02T19:30:00.000Z',
    ],
  ])('%s', async (_name, timezone, more, at) => {
    const world = await open({ client: withoutCaps(), start: evening });
    await world.publish({ id: 'texts', enter: on('Go'), steps: [text], ...more });
    await world.identify('ada', { phone, timezone, consent: ['sms'] });
    await world.track('ada', 'Go');
    await world.advance('1 day');
    expect((await outbox(world, 'sms')).map((message) => message.at)).toEqual([at]);
  });

  test('follow what the client says of texts', async () => {
    const channels = { sms: { quietHours: false } };
    const world = await open({ client: withoutCaps({ channels }), start: evening });
    await world.publish({ id: 'texts', enter: on('Go'), steps: [text] });
    await world.identify('ada', { phone, consent: ['sms'] });
    await world.track('ada', 'Go');
    await world.drain();
    expect(await outbox(world, 'sms')).toHaveLength(1);
  });

  test('end with STOP at once, in a later run too, and begin again with START', async () => {
    const world = await open({ client: withoutCaps() });
    await world.publish({ id: 'texts', enter: on('Go'), steps: [text] });
    await world.identify('ada', { phone, consent: ['sms'] });
    await world.track('ada', 'Go');
    await world.drain();
    const [first] = await outbox(world, 'sms');
    const answer = (words: string) =>
      world.world.feedback({ sendId: first!.sendId!, type: 'reply', text: words });
    await answer('Stop!');
    await answer('STOP');
    await world.track('ada', 'Go');
    await world.drain();
    const texts = async () => (await outbox(world, 'sms')).map(({ text: words }) => words?.slice(0, 24));
    expect(await texts()).toEqual(['Hello', 'Acme: You get no more te']);
    expect((await stepOf(world, 'texts', 's'))?.skipped).toEqual({ suppressed: 1 });
    await answer('START');
    await world.track('ada', 'Go');
    await world.drain();
    expect((await texts()).slice(2)).toEqual(['Acme: You get our texts ', 'Hello']);
  });
});

describe('devices', () => {
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  const register = async ({ world }: AudienceWorld, userId: string, token = 'token-of-this-phone') => {
    const body = { userId, app: 'android', token, consent: true };
    const answer = await world.http({ method: 'POST', path: '/v1/devices', headers: key, body } as never);
    expect(answer.status).toBe(200);
    await world.drain();
  };
  const start = async (): Promise<AudienceWorld> => {
    const world = await open({ client: withoutCaps() });
    await world.publish({ id: 'pushes', enter: on('Go'), steps: [push] });
    await register(world, 'ada');
    await world.track('ada', 'Go');
    await world.drain();
    return world;
  };

  test('that registered get the message in the words of their push service, with consent of the app', async () => {
    const world = await start();
    const [message] = await outbox(world, 'push');
    expect(message?.to).toMatch(/:endpoint\/GCM\/acme-android\//);
    expect(JSON.parse(JSON.parse(message!.raw!).GCM)).toMatchObject({
      fcmV1Message: { message: { notification: { title: 'Hello', body: 'World' } } },
    });
  });

  test('from which the app was removed are dropped as soon as the push service says so', async () => {
    const world = await start();
    const [message] = await outbox(world, 'push');
    await world.world.feedback({ sendId: message!.sendId!, type: 'bounce' });
    await world.drain();
    expect((await world.contact('ada')).fields.pushEndpoint).toBeUndefined();
    await world.track('ada', 'Go');
    await world.drain();
    expect((await stepOf(world, 'pushes', 'p'))?.skipped).toEqual({ 'no-address': 1 });
    expect(await outbox(world, 'push')).toHaveLength(1);
  });

  test.each(['disabled', 'gone'])(
    'that SNS finds %s are dropped, and the one before takes over',
    async (how) => {
      const world = await start();
      const EndpointArn = (await outbox(world, 'push'))[0]!.to;
      await world.advance('1 minute');
      await register(world, 'ada', 'token-of-another-phone');
      if (how === 'gone') await world.world.services.sns('DeleteEndpoint', { EndpointArn });
      else
        await world.world.services.sns('SetEndpointAttributes', {
          EndpointArn,
          Attributes: { Enabled: 'false' },
        });
      for (const _ of [1, 2]) {
        await world.track('ada', 'Go');
        await world.drain();
      }
      const step = await stepOf(world, 'pushes', 'p');
      expect(step?.failed).toEqual({ [`endpoint-${how}`]: 1 });
      expect((await outbox(world, 'push')).map(({ to }) => to === EndpointArn)).toEqual([true, false]);
    },
  );

  test('a failure that passes, and a forged one, drop nothing', async () => {
    const world = await start();
    const EndpointArn = (await outbox(world, 'push'))[0]!.to;
    const tell = (event: object) =>
      world.world.services.sns('Publish', {
        TopicArn: 'arn:aws:sns:eu-central-1:111122223333:wayleaf-acme-push-events',
        Message: JSON.stringify(event),
      });
    await tell({ EventType: 'DeliveryFailure', EndpointArn, FailureType: 'TTLExpired' });
    await tell({ EventType: 'DeliveryFailure', EndpointArn: EndpointArn.replace(/.$/, 'x') });
    await tell({ EventType: 'EndpointCreated', EndpointArn });
    await world.drain();
    expect((await world.contact('ada')).fields.pushEndpoint).toBe(EndpointArn);
  });

  test('change hands: the next at the phone gets the messages, and the one before none', async () => {
    const world = await start();
    await register(world, 'bob');
    for (const name of ['ada', 'bob']) await world.track(name, 'Go');
    await world.drain();
    expect(await outbox(world, 'push')).toHaveLength(2);
    expect((await stepOf(world, 'pushes', 'p'))?.skipped).toEqual({ 'no-address': 1 });
  });

  test('are handed out with all that is kept, and are no part of the history', async () => {
    const world = await start();
    const { id } = await world.contact('ada');
    const everything = await world.insist<{ devices: object[] }>('GET', `/v1/contacts/${id}/export`);
    expect(everything.devices).toEqual([
      expect.objectContaining({ app: 'android', endpoint: (await outbox(world, 'push'))[0]?.to }),
    ]);
    expect(JSON.stringify(everything)).not.toContain('token-of-this-phone');
    expect((await world.timeline('ada')).map(({ kind }) => kind)).not.toContain('device');
  });

  test('are erased with their contact, at SNS too', async () => {
    const world = await start();
    const EndpointArn = (await outbox(world, 'push'))[0]!.to;
    await world.insist('DELETE', `/v1/contacts/${(await world.contact('ada')).id}`);
    const { store, services } = world.world;
    expect(await store.main.get(main.deviceOwner(EndpointArn))).toBeUndefined();
    await expect(services.sns('GetEndpointAttributes', { EndpointArn })).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

test('a task reaches its team with links, and the one that is pressed leads the run on', async () => {
  const world = await open({ client: withoutCaps() });
  const steps = [
    {
      ...{ id: 'call', type: 'task', team: 'sales', title: 'Call', outcomes: ['reached', 'no answer'] },
      ...{ atMost: '4 days', otherwise: { steps: [] } },
      branches: [{ answer: 'reached', steps: [{ id: 'mark', type: 'update', addTags: ['talked'] }] }],
    },
  ] as Step[];
  await world.publish({ id: 'calls', enter: on('Go'), steps });
  await world.identify('ada');
  await world.track('ada', 'Go');
  await world.drain();
  const [message] = await outbox(world, 'team');
  const [path] = /\/t\/\S+/.exec(message?.text ?? '') ?? [];
  const headers = { accept: 'text/html' };
  for (const method of ['GET', 'HEAD', 'GET', 'POST'] as const) {
    expect((await world.contact('ada')).tags).toEqual([]);
    expect((await world.world.http({ method, path: path!, headers } as never)).status).toBe(200);
    await world.drain();
  }
  expect((await world.contact('ada')).tags).toEqual(['talked']);
});
