import { expect, test } from 'vitest';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';
import type { Members, SegmentSize } from './answers.ts';

const open = audienceWorlds();
const page = (world: AudienceWorld, path: string) =>
  world.insist<Members>('GET', `/v1/segments/pros/members${path}`);
const size = (world: AudienceWorld) => world.insist<SegmentSize>('GET', '/v1/segments/pros/count');
const names = ({ members }: Members) => members.map(({ contact }) => String(contact.fields.email));
const everybody = async (world: AudienceWorld, limit: number): Promise<string[]> => {
  const found: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const answer: Members = await page(world, `?limit=${limit}${next && `&cursor=${next}`}`);
    found.push(...names(answer));
    next = answer.next;
  }
  return found;
};
const open25 = async () => {
  const world = await open();
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  const all = Array.from({ length: 25 }, (_, i) => `u${String(i).padStart(2, '0')}`);
  for (const name of all) {
    await world.identify(name, { plan: 'pro' });
    await world.advance('1 minute');
  }
  return { world, emails: all.map((name) => `${name}@example.com`).reverse() };
};

test('members are listed page by page, who came last first, with when they came', async () => {
  const { world, emails } = await open25();
  const first = await page(world, '?limit=10');
  expect(names(first)).toEqual(emails.slice(0, 10));
  expect(first.members[0]).toMatchObject({
    since: '2026-03-02T09:24:00.000Z',
    contact: { fields: { plan: 'pro' } },
  });
  expect(await everybody(world, 10)).toEqual(emails);
  expect(await everybody(world, 25)).toEqual(emails);
});

test('who comes and goes while somebody reads moves nobody else between pages', async () => {
  const { world, emails } = await open25();
  const { next } = await page(world, '?limit=10');
  await world.identify('new', { plan: 'pro' });
  for (const name of ['u20', 'u10']) await world.identify(name, { plan: 'free' });
  await world.drain();
  const rest = await page(world, `?limit=100&cursor=${next}`);
  expect(names(rest)).toEqual(emails.slice(10).filter((email) => !email.startsWith('u10')));
});

test('the count follows who enters and leaves, also when all is delivered twice', async () => {
  const world = await open({ redeliver: { twice: true, shuffle: true } });
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  for (const name of ['ada', 'bob', 'cem']) await world.identify(name, { plan: 'pro' });
  await world.advance('1 hour');
  expect(await size(world)).toMatchObject({ id: 'pros', name: 'pros', members: 3, state: 'ready' });
  await world.identify('bob', { plan: 'free' });
  await world.advance('1 minute');
  expect(await size(world)).toMatchObject({ members: 2 });
  const { segments } = await world.insist<{ segments: SegmentSize[] }>('GET', '/v1/segments');
  expect(segments.map(({ id, members }) => [id, members])).toEqual([['pros', 2]]);
});

test('a segment is building until everybody was looked at in its present words, and empty once it is gone', async () => {
  const world = await open();
  for (const name of ['ada', 'bob', 'cem']) await world.identify(name, { plan: 'pro' });
  await world.advance('1 hour');
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  expect(await size(world)).toMatchObject({ members: 0, state: 'building' });
  await world.advance('5 minutes');
  expect(await size(world)).toMatchObject({ members: 3, state: 'ready' });
  await world.segment('pros', { contact: 'plan', is: 'free' });
  expect(await size(world)).toMatchObject({ members: 3, state: 'building' });
  await world.advance('5 minutes');
  expect(await size(world)).toMatchObject({ members: 0, state: 'ready' });
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.advance('5 minutes');
  const { status } = await world.ask('DELETE', '/v1/segments/pros');
  expect(status).toBe(204);
  await world.advance('5 minutes');
  expect(await world.segments('ada')).toEqual([]);
  expect(await world.ask('GET', '/v1/segments/pros/members')).toMatchObject({ status: 404 });
  await world.segment('pros', { contact: 'plan', is: 'nobody' });
  expect(await size(world)).toMatchObject({ members: 0 });
});

test('a segment is ready only when the count says who was found, however late counters are', async () => {
  let areCountersDown = true;
  const world = await open({
    logLevel: 'silent',
    intercept: ({ caller }, next) => {
      if (areCountersDown && caller === 'fold-counts') throw new Error('ThrottlingException');
      return next();
    },
  });
  for (const name of ['ada', 'bob', 'cem']) await world.identify(name, { plan: 'pro' });
  await world.advance('1 hour');
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.advance('5 minutes');
  expect(await size(world)).toMatchObject({ members: 0, state: 'building' });
  expect((await page(world, '')).members).toHaveLength(3);
  areCountersDown = false;
  await world.advance('5 minutes');
  expect(await size(world)).toMatchObject({ members: 3, state: 'ready' });
  await world.segment('others', { contact: 'plan', is: 'free' });
  expect(await size(world)).toMatchObject({ members: 3, state: 'ready' });
});

test.each([
  ['a cursor that is none', '?cursor=abc', 'invalid-cursor'],
  ['a limit over a page', '?limit=101', 'invalid-query'],
  ['a limit that is no number', '?limit=ten', 'invalid-query'],
])('refuses %s', async (_, query, code) => {
  const world = await open();
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  expect(await world.ask('GET', `/v1/segments/pros/members${query}`)).toMatchObject({
    status: 400,
    json: { code },
  });
});
