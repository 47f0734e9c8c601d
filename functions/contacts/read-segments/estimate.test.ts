import { expect, test } from 'vitest';
import { emptyContact } from '#model/contact';
import { newContactWrite } from '#store/contacts/contacts';
import { transact } from '#store/table';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';
import type { SegmentEstimate } from './answers.ts';

const open = audienceWorlds();
const ask = (world: AudienceWorld, condition: object, more: object = {}) =>
  world.insist<SegmentEstimate>('POST', '/v1/segments/estimate', { if: condition, ...more });
const pros = { contact: 'plan', is: 'pro' };

/** As many as an import brings, without its rows. */
const fill = async ({ world: { store } }: AudienceWorld, count: number): Promise<void> => {
  const contacts = Array.from({ length: count }, (_, i) => ({
    ...emptyContact(`contact-${String(i).padStart(11, '0')}`, '2026-03-02T08:00:00.000Z'),
    fields: { plan: i % 4 === 0 ? 'pro' : 'free', rare: i % 800 === 0 },
  }));
  for (let i = 0; i < count; i += 100)
    await transact(
      store.dynamodb,
      contacts.slice(i, i + 100).map((contact) => newContactWrite(store, contact, [])),
    );
};

test('of few contacts everybody is asked, by the words as they are typed', async () => {
  const world = await open();
  for (const name of ['ada', 'bob', 'cem'])
    await world.identify(name, { plan: name === 'bob' ? 'free' : 'pro' });
  await world.post('/v1/track', { userId: 'ada', event: 'Order Completed' });
  await world.segment('payers', pros);
  await world.drain();
  const exact = (n: number) => ({
    members: { expected: n, low: n, high: n },
    contacts: 3,
    looked: 3,
    method: 'all',
  });
  expect(await ask(world, pros)).toMatchObject(exact(2));
  expect(await ask(world, { not: pros })).toMatchObject(exact(1));
  expect(await ask(world, { did: 'Order Completed', inLast: '30 days' })).toMatchObject(exact(1));
  expect(await ask(world, { all: [{ segment: 'payers' }, { did: 'Order Completed' }] })).toMatchObject(
    exact(1),
  );
  // What is typed counts wherever others name it.
  expect(await ask(world, { contact: 'plan', is: 'free' }, { id: 'payers' })).toMatchObject(exact(1));
});

test('of many a thousand are asked, the same for five minutes, and nobody is read at each letter', async () => {
  const world = await open();
  await fill(world, 1_600);
  const first = await ask(world, pros);
  expect(first).toMatchObject({ contacts: 1_600, looked: 1_000, method: 'sample' });
  expect(first.members.low).toBeLessThanOrEqual(400);
  expect(first.members.high).toBeGreaterThanOrEqual(400);
  expect(first.members.high - first.members.low).toBeLessThan(120);
  const reads = () => world.world.usage().tables.callers['read-segments']?.['wayleaf-acme-main']?.readUnits;
  const before = reads();
  expect(before).toBeGreaterThan(500);
  expect((await ask(world, { contact: 'plan', is: 'free' })).members.expected).toBe(
    1_600 - first.members.expected,
  );
  expect(await ask(world, pros)).toEqual(first);
  expect(reads()).toBe(before);
  await world.advance('6 minutes');
  await ask(world, pros);
  expect(reads()).toBeGreaterThan(1.5 * before!);
}, 30_000);

test('whoever is rare is not said to be nobody', async () => {
  const world = await open();
  await fill(world, 1_600);
  const { members } = await ask(world, { contact: 'rare', is: true });
  expect([members.low <= 2, members.high >= 2]).toEqual([true, true]);
  const { looked } = await ask(world, { not: { did: 'Order Completed' } });
  expect(looked).toBe(300);
}, 30_000);

test.each([
  ['a segment that is not there', { if: { segment: 'nobody' } }, 'unsound-segment'],
  ['a way back to itself', { if: { segment: 'self' }, id: 'self' }, 'unsound-segment'],
  ['what is no condition', { if: { plan: 'pro' } }, 'invalid-body'],
])('refuses %s', async (_, body, code) => {
  const world = await open();
  const { status, json } = await world.ask('POST', '/v1/segments/estimate', body);
  expect([status, json.code]).toEqual([422, code]);
});
