import { afterEach, expect, test } from 'vitest';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import { readClientFolder } from '../../../client-folder.ts';
import { AwsError } from '../../aws-error.ts';
import { LostConnection } from '../../wire/lost-connection.ts';
import { readError, sendError } from './messages.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const pause = {
  wayleaf: 1,
  id: 'pause',
  name: 'Two mails and a pause at night',
  enter: { on: [{ event: 'Trial Started' }], if: { consent: 'email' } },
  exit: [{ on: { event: 'Account Closed' } }],
  sending: JSON.parse('{ "quietHours": { "from": "21:00", "to": "08:00", "then": "hold" } }'),
  steps: [
    { id: 'first', type: 'email', template: 'thank-you' },
    { id: 'a-day', type: 'wait', for: '12 hours' },
    { id: 'second', type: 'email', template: 'free-trial' },
    { id: 'rest', type: 'wait', for: '1 day' },
    { id: 'third', type: 'email', template: 'free-trial' },
  ],
};

const open = async (options: WorldOptions): Promise<World> => {
  const client = { ...readClientFolder('acme'), journeys: { pause: JSON.stringify(pause) } };
  const start = Date.parse('2026-03-02T11:00:00Z');
  const world = await createWorld({ client, start, seed: 1, logLevel: 'silent', ...options });
  worlds.push(world);
  return world;
};

const post = (world: World, path: string, body: object) =>
  world.http({ method: 'POST', path, headers: { authorization: `Basic ${btoa('wk_acme:')}` }, body });

/** One who gets it all, held over night, and one who leaves in the middle of a wait. */
const play = async (world: World) => {
  for (const userId of ['ada', 'bob']) {
    const traits = { email: `${userId}@example.com`, consent: ['email'], timezone: 'Europe/Berlin' };
    await post(world, '/v1/identify', { userId, traits });
    await post(world, '/v1/track', { userId, event: 'Trial Started' });
    await world.drain();
  }
  await world.advance('20 hours');
  await post(world, '/v1/track', { userId: 'bob', event: 'Account Closed' });
  await world.drain();
  await world.advance('4 days');
  const outbox = await world.outbox();
  return {
    mails: outbox.map(({ at, to, subject }) => [at, to, subject].join(' ')).sort(),
    ends: world.executions().map(({ status }) => status),
    quarantine: world.quarantine(),
    steps: world.usage().functions['run-step'],
  };
};

test('a world whose functions run in a thread does what any other does', async () => {
  const expected = await play(await open({}));
  const played = await play(await open({ functionThread: true }));
  expect(played).toEqual(expected);
  expect(played.mails).toHaveLength(5);
  expect(played.mails.some((mail) => mail.startsWith('2026-03-03T07:00'))).toBe(true);
});

test('what a service refuses there is refused as anywhere, and tried again', async () => {
  const refused: unknown[] = [];
  const world = await open({
    functionThread: true,
    intercept: async ({ caller, operation }, next) => {
      if (caller === 'run-step' && operation === 'SendRawEmail' && refused.push(operation) < 3)
        throw new AwsError('ThrottlingException', 'Maximum sending rate exceeded.');
      return next();
    },
  });
  await post(world, '/v1/identify', {
    userId: 'eve',
    traits: { email: 'eve@example.com', consent: ['email'] },
  });
  await post(world, '/v1/track', { userId: 'eve', event: 'Trial Started' });
  await world.drain();
  await world.advance('5 minutes');
  expect(refused).toHaveLength(3);
  expect(await world.outbox()).toHaveLength(1);
});

test('links lead to where the world listens', async () => {
  const world = await open({ functionThread: true });
  const { url } = await world.listen({ port: 0 });
  await post(world, '/v1/identify', {
    userId: 'kim',
    traits: { email: 'kim@example.com', consent: ['email'] },
  });
  await post(world, '/v1/track', { userId: 'kim', event: 'Trial Started' });
  await world.drain();
  const [mail] = await world.outbox();
  expect(mail?.headers?.['list-unsubscribe']).toContain(url);
});

test.each([
  ['of a service', new AwsError('ConditionalCheckFailedException', 'no', { Item: { a: 1 } }, 400)],
  ['of the line', new LostConnection()],
  ['of a function', Object.assign(new Error('until eight'), { name: 'Held' })],
])('an error %s is the same on the other side', (_, error) => {
  const read = readError(structuredClone(sendError(error)));
  expect(read).toBeInstanceOf(error.constructor);
  expect({ ...read, name: read.name, message: read.message }).toEqual({
    ...error,
    name: error.name,
    message: error.message,
  });
});
