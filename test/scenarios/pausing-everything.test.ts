import { expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const { caps: _, quietHours: __, ...quiet } = readClientFolder('acme').client as Record<string, unknown>;
const clientWith = (more: object = {}) => ({
  ...readClientFolder('acme'),
  client: { ...quiet, ...more },
  journeys: {},
  segments: {},
});
const signedUp = { on: [{ event: 'Signed Up' }], again: 'always' };
const mail = (id: string) => ({ id, type: 'email', template: 'thank-you' });
const text = (id: string) => ({ id, type: 'sms', text: 'Hi' });
type World = Awaited<ReturnType<typeof open>>;

const signUp = async (world: World, names: readonly string[]): Promise<void> => {
  for (const [i, name] of names.entries()) {
    await world.identify(name, { phone: `+49151123456${10 + i}`, consent: ['email', 'sms'] });
    await world.track(name, 'Signed Up');
  }
  await world.drain();
};
const channels = async (world: World) => (await world.world.outbox()).map(({ channel }) => channel);
const people = (count: number, prefix = 'p') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

test('a paused channel holds its messages in every journey, and no others; resumed, they go', async () => {
  const world = await open({ client: clientWith() });
  await world.publish({ id: 'one', enter: signedUp, steps: [text('s'), mail('m')] });
  const paused = await world.insist('POST', '/v1/sending/pause', { channel: 'email', note: 'wrong price' });
  expect(paused).toMatchObject({ paused: { email: { because: 'person', note: 'wrong price' } } });
  // Published while it is paused: it is paused from its first moment.
  await world.publish({ id: 'two', enter: signedUp, steps: [mail('m')] });
  await signUp(world, ['ada']);
  await world.advance('2 hours');
  expect(await channels(world)).toEqual(['sms']);
  expect((await world.report('two')).steps[0]?.held).toEqual({ 'paused-email': 1 });
  await world.insist('POST', '/v1/sending/resume', { channel: 'email' });
  await world.advance('1 hour');
  expect(await channels(world)).toEqual(['sms', 'email', 'email']);
  expect(await world.report('two')).toMatchObject({ active: 0, ended: { completed: 1 } });
});

test('a paused client does nothing; what became stale meanwhile is skipped, never sent in a burst', async () => {
  const world = await open({ client: clientWith() });
  const steps = [mail('m'), { id: 'mark', type: 'update', addTags: ['marked'] }];
  await world.publish({ id: 'one', enter: signedUp, steps });
  await world.insist('POST', '/v1/sending/pause');
  await signUp(world, people(4, 'old'));
  await world.advance('3 days');
  await signUp(world, people(2, 'new'));
  expect(await channels(world)).toEqual([]);
  expect((await world.contact('old0')).tags ?? []).toEqual([]);
  // A journey that is resumed by itself stays shut.
  await world.insist('POST', '/v1/journeys/one/pause');
  await world.insist('POST', '/v1/journeys/one/resume');
  await world.advance('1 hour');
  expect(await channels(world)).toEqual([]);
  await world.insist('POST', '/v1/sending/resume');
  await world.advance('1 hour');
  expect(await channels(world)).toEqual(['email', 'email']);
  expect((await world.report('one')).steps[0]?.skipped).toEqual({ stale: 4 });
  expect((await world.contact('old0')).tags).toEqual(['marked']);
});

test('mails of a double opt-in wait for the end of a pause, too', async () => {
  const world = await open({ client: clientWith() });
  await world.insist('PUT', '/v1/forms/asking', {
    name: 'Newsletter',
    fields: { email: { type: 'email', required: true } },
    consent: { field: 'consent', value: 'yes', channel: 'email', text: 'You may write to me.' },
    doubleOptIn: true,
  });
  await world.insist('POST', '/v1/sending/pause', { channel: 'email' });
  await world.insist('POST', '/v1/forms/asking', { email: 'ada@example.com', consent: 'yes' });
  await world.advance('1 hour');
  expect(await channels(world)).toEqual([]);
  await world.insist('POST', '/v1/sending/resume', { channel: 'email' });
  await world.advance('2 hours');
  expect(await channels(world)).toEqual(['email']);
});

test('a paused journey stays paused when the client is resumed', async () => {
  const world = await open({ client: clientWith() });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  await world.insist('POST', '/v1/sending/pause');
  await world.insist('POST', '/v1/journeys/one/pause');
  await world.insist('POST', '/v1/sending/resume');
  await signUp(world, ['ada']);
  await world.advance('1 hour');
  expect(await channels(world)).toEqual([]);
});

test('the brake stops a runaway near its bound, says so, and goes on by hand only', async () => {
  const world = await open({ client: clientWith({ brake: { perHour: 20, perDay: 1000 } }) });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  await signUp(world, people(50));
  await world.advance('2 hours');
  const sent = (await channels(world)).length;
  expect(sent).toBeGreaterThan(20);
  expect(sent).toBeLessThan(35);
  expect(await world.insist('GET', '/v1/sending')).toMatchObject({ paused: { all: { because: 'brake' } } });
  await world.insist('POST', '/v1/sending/resume');
  expect(await world.insist('GET', '/v1/sending')).toMatchObject({
    paused: {},
    brake: [{ per: 'hour' }, { per: 'day', atMost: 1000 }],
  });
});

test('a large bound is counted by a few of the messages, and is right to some per cent', async () => {
  const { isCounted, weightOf } = await import('#policy/sending/brake');
  const { drawn } = await import('#kernel/ids');
  const weight = weightOf({ atMost: 100_000 });
  let [writes, used, sent] = [0, 0, 0];
  while (used <= 100_000)
    if (isCounted(weight, drawn('brake', 'hour', `send-${++sent}`))) {
      writes++;
      used += weight;
    }
  expect(writes).toBeLessThan(2_100);
  expect(Math.abs(sent / 100_000 - 1)).toBeLessThan(0.06);
});
