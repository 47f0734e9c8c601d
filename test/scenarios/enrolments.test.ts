import { expect, test } from 'vitest';
import type { Enrolment } from '#model/enrolment';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const manual = { on: [{ manual: true }, { event: 'Signed Up' }] };

const openWithMembers = async (
  count: number,
  journey: object = { enter: manual },
): Promise<AudienceWorld> => {
  const world = await open();
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'welcome', ...journey });
  for (let i = 0; i < count; i++) await world.identify(`u${i}`, { plan: 'pro' });
  await world.advance('10 minutes');
  return world;
};
const enroll = (world: AudienceWorld, body: object = {}) =>
  world.insist<Enrolment>('POST', '/v1/journeys/welcome/enroll', { segment: 'pros', ...body });
const progress = (world: AudienceWorld, { id }: Enrolment) =>
  world.insist<Enrolment>('GET', `/v1/enrolments/${id}`);
/** How many runs began in each second. */
const starts = (world: AudienceWorld): Map<string, number> => {
  const seconds = Map.groupBy(world.world.executions(), ({ startedAt }) => String(startedAt).slice(0, 19));
  return new Map([...seconds].map(([second, runs]) => [second, runs.length]));
};

test('a whole segment enters at a pace below that of the service, and who comes by himself starts at once', async () => {
  const world = await openWithMembers(250);
  const enrolment = await enroll(world);
  expect(enrolment).toMatchObject({ status: 'waiting', perMinute: 6_000 });
  await world.identify('lead', { plan: 'none' });
  await world.advance('1 second');
  await world.track('lead', 'Signed Up');
  await world.drain();
  const at = (await world.entered('lead', 'welcome'))[0]!;
  expect(await progress(world, enrolment)).toMatchObject({ status: 'running' });
  await world.advance('1 minute');
  expect(await progress(world, enrolment)).toMatchObject({
    status: 'done',
    looked: 250,
    entered: 250,
    refused: {},
  });
  expect(at).toBe('2026-03-02T09:10:01.000Z');
  expect(Math.max(...starts(world).values())).toBeLessThanOrEqual(101);
  expect(await world.report('welcome')).toMatchObject({ entered: 251 });
});

test('a pace of its own is kept to', async () => {
  const world = await openWithMembers(12);
  const enrolment = await enroll(world, { perMinute: 4 });
  await world.advance('1 minute');
  const { entered } = await progress(world, enrolment);
  expect([3, 4, 5]).toContain(entered);
  await world.advance('5 minutes');
  expect(await progress(world, enrolment)).toMatchObject({ status: 'done', entered: 12 });
  expect(Math.max(...starts(world).values())).toBe(1);
});

test("the journey's own rules hold, and each who was kept out is counted with the reason", async () => {
  const enter = { ...manual, if: { contact: 'country', is: 'DE' }, again: 'never' };
  const world = await openWithMembers(6, { enter });
  for (const name of ['u0', 'u1', 'u2']) await world.identify(name, { country: 'DE' });
  await world.track('u0', 'Signed Up');
  await world.advance('1 minute');
  const enrolment = await enroll(world);
  await world.advance('1 minute');
  expect(await progress(world, enrolment)).toMatchObject({
    ...{ looked: 6, entered: 2, left: 0, failed: 0 },
    refused: { condition: 3, 'never-again': 1 },
  });
  expect((await world.report('welcome')).refused).toEqual({ condition: 3, 'never-again': 1 });
});

test('a journey that begins with the segment takes in its present members, and the properties that were given', async () => {
  const enter = { on: [{ segment: 'pros', when: 'enters' }], if: { trigger: 'properties.wave', is: 1 } };
  const world = await openWithMembers(3, { enter });
  expect(await world.report('welcome')).toMatchObject({ entered: 0 });
  const enrolment = await enroll(world, { properties: { wave: 1 } });
  await world.advance('1 minute');
  expect(await progress(world, enrolment)).toMatchObject({ entered: 3 });
  expect((await world.timeline('u0')).map(({ text }) => text)).toContain(
    'Enrolled in welcome by hand, with segment pros',
  );
});

test('it waits until the segment is built, and who comes into it afterwards is not meant', async () => {
  const world = await open();
  await world.publish({ id: 'welcome', enter: manual });
  for (const name of ['u0', 'u1', 'u2']) await world.identify(name, { plan: 'pro' });
  await world.advance('1 hour');
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  const enrolment = await enroll(world, { perMinute: 1 });
  expect(enrolment.status).toBe('waiting');
  await world.advance('90 seconds');
  await world.identify('late', { plan: 'pro' });
  await world.advance('10 minutes');
  expect(await progress(world, enrolment)).toMatchObject({ status: 'done', entered: 3 });
  expect(await world.entered('late', 'welcome')).toEqual([]);
});

test('who has left meanwhile is passed over, and a stop lets nobody more in', async () => {
  const world = await openWithMembers(20);
  const enrolment = await enroll(world, { perMinute: 1 });
  await world.advance('2 minutes');
  for (let i = 0; i < 5; i++) await world.identify(`u${i}`, { plan: 'free' });
  await world.advance('4 minutes');
  const stopped = await world.insist<Enrolment>('POST', `/v1/enrolments/${enrolment.id}/stop`);
  expect(stopped).toMatchObject({ status: 'stopped', reason: 'by-hand' });
  expect(stopped.entered).toBeLessThan(10);
  await world.advance('1 hour');
  const { entered, looked } = await progress(world, enrolment);
  expect([entered, looked]).toEqual([stopped.entered, stopped.looked]);
  expect(await world.report('welcome')).toMatchObject({ entered });
});

test('a segment cannot be taken away while it is being enrolled, or while runs under way ask for it', async () => {
  const exit = [{ on: { segment: 'pros', when: 'leaves' } }];
  const rest = [{ id: 'rest', type: 'wait', for: '2 days' }];
  const world = await openWithMembers(3, { enter: manual, exit, steps: rest });
  const enrolment = await enroll(world, { perMinute: 1 });
  await world.advance('90 seconds');
  const gone = () => world.ask<{ detail?: string }>('DELETE', '/v1/segments/pros');
  expect((await gone()).json.detail).toMatch(/journey "welcome", the enrolment into journey "welcome"/);
  await world.insist('POST', `/v1/enrolments/${enrolment.id}/stop`);
  await world.insist('POST', '/v1/journeys/welcome/archive');
  await world.advance('1 minute');
  expect((await gone()).json.detail).toMatch(/journey "welcome" \(runs under way in version 1\)/);
  await world.advance('3 days');
  expect((await gone()).status).toBe(204);
});

test('runs that an exit rule ends when their contact is in no segment end when the segment is written anew', async () => {
  const exit = [{ if: { not: { segment: 'pros' } } }];
  const rest = [{ id: 'rest', type: 'wait', for: '20 days' }];
  const world = await openWithMembers(2, { enter: manual, exit, steps: rest });
  await enroll(world);
  await world.advance('1 hour');
  expect(await world.report('welcome')).toMatchObject({ active: 2 });
  await world.segment('pros', { all: [{ contact: 'plan', is: 'pro' }, { tag: 'vip' }] });
  await world.advance('5 minutes');
  expect(await world.report('welcome')).toMatchObject({ active: 0, ended: { exited: 2 } });
});

test.each([
  ['a segment that does not exist', { segment: 'nobody' }, 404, 'unknown-segment'],
  ['a pace below one a minute', { segment: 'pros', perMinute: 0 }, 422, 'invalid-body'],
  ['an unknown member', { segment: 'pros', contact: 'x' }, 422, 'invalid-body'],
])('refuses %s', async (_, body, status, code) => {
  const world = await openWithMembers(0);
  expect(await world.ask('POST', '/v1/journeys/welcome/enroll', body)).toMatchObject({
    status,
    json: { code },
  });
});

test('refuses a journey that nobody enters by hand or with this segment', async () => {
  const world = await openWithMembers(0, { enter: { on: [{ segment: 'pros', when: 'leaves' }] } });
  expect(await world.ask('POST', '/v1/journeys/welcome/enroll', { segment: 'pros' })).toMatchObject({
    status: 409,
    json: { code: 'not-manual' },
  });
});

test('the same Idempotency-Key is one enrolment', async () => {
  const world = await openWithMembers(2);
  const headers = { authorization: `Bearer ${world.world.adminToken}`, 'idempotency-key': 'once' };
  const post = () =>
    world.world.http({
      method: 'POST',
      path: '/v1/journeys/welcome/enroll',
      headers,
      body: { segment: 'pros' },
    } as never);
  const [first, second] = [await post(), await post()];
  expect(second.json<Enrolment>().id).toBe(first.json<Enrolment>().id);
  await world.advance('1 minute');
  const { enrolments } = await world.insist<{ enrolments: Enrolment[] }>('GET', '/v1/enrolments');
  expect(enrolments).toHaveLength(1);
});
