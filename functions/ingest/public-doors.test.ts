import { afterEach, beforeEach, expect, test } from 'vitest';
import { putClient } from '#store/catalogue/client';
import { findContactIds } from '#store/contacts/identities';
import { type Call, type FrontDoor, openFrontDoor, writeKey } from '#test/builders/front-door';
import { aClient } from '#test/builders/message-order';
import { readBatch, storeBatch } from './accept-event/batch.ts';
import { createHandler as acceptEvent } from './accept-event/handler.ts';
import { record as eventRecord } from './accept-event/record.ts';
import { createHandler as acceptForm } from './accept-form/handler.ts';
import { record as formRecord } from './accept-form/record.ts';

let door: FrontDoor;
let form: Call;
let event: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  form = door.open({ record: formRecord, createHandler: acceptForm });
  event = door.open({ record: eventRecord, createHandler: acceptEvent });
});
afterEach(() => door.close());

const headers = { 'content-type': 'application/json' };
const send = (type: string, body: object) =>
  event({
    ...{ method: 'POST', route: `POST /v1/${type}`, headers },
    body: JSON.stringify({ writeKey, ...body }),
  });
const post = (body: object) =>
  form({
    ...{ method: 'POST', route: 'POST /v1/forms/{form}', parameters: { form: 'demo' }, headers },
    body: JSON.stringify(body),
  });

test.each(['You won, claim at https://evil.example/win', 'go to WWW.evil.example', 'x'.repeat(101)])(
  'a form takes no %j for a name, and says which field',
  async (firstName) => {
    const { status, json } = await post({ email: 'ada@example.com', firstName });
    expect([status, (json.issues as { path: string }[]).map(({ path }) => path)]).toEqual([
      422,
      ['/firstName'],
    ]);
  },
);

test('an event leaves such a name out, notes it, and keeps the rest', async () => {
  const traits = { email: 'ada@example.com', firstName: 'See https://evil.example', lastName: 'Ace' };
  expect((await send('identify', { userId: 'u-1', traits })).status).toBe(200);
  const { id } = (await door.contactOf('ada@example.com'))!;
  const [stored] = await door.events(id);
  expect(stored).toMatchObject({ traits: { lastName: 'Ace' }, leftOut: ['firstName'] });
  expect(stored?.traits).not.toHaveProperty('firstName');
});

test('a word of consent keeps the site that sent it', async () => {
  const origin = 'https://www.acme.example';
  const body = JSON.stringify({
    writeKey,
    userId: 'u-1',
    traits: { email: 'ada@example.com', consent: ['email'] },
  });
  await event({ ...{ method: 'POST', route: 'POST /v1/identify', body }, headers: { ...headers, origin } });
  const { id } = (await door.contactOf('ada@example.com'))!;
  expect((await door.events(id))[0]).toMatchObject({ origin });
});

test('new addresses of one mailbox are counted by events as by forms', async () => {
  const bomb = (i: number) => ({ email: `bomb+${i}@gmail.com` });
  const statuses: number[] = [];
  for (let i = 0; i < 15; i++) statuses.push((await post(bomb(i))).status);
  for (let i = 15; i < 25; i++)
    statuses.push((await send('identify', { anonymousId: `b-${i}`, traits: bomb(i) })).status);
  expect([statuses.slice(0, 20), statuses.slice(20)]).toEqual([
    [...Array(15).fill(202), ...Array(5).fill(200)],
    Array(5).fill(429),
  ]);
  const again = await send('identify', { anonymousId: 'b-15', traits: bomb(15) });
  const batch = [30, 31].map((i) => ({ type: 'identify', anonymousId: `b-${i}`, traits: bomb(i) }));
  const other = { type: 'identify', anonymousId: 'c', traits: { email: 'carla@example.com' } };
  const { json } = await send('batch', { batch: [...batch, other] });
  expect(again.status).toBe(200);
  expect(json).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 0, code: 'too-many-addresses' },
      { index: 1, code: 'too-many-addresses' },
    ],
  });
});

test('a limit of events counts events, however they are batched', async () => {
  const client = { ...aClient(), writeKeys: [writeKey] };
  const limits = { ...client.limits, key: { atMost: 10, per: '1 minute' } };
  await putClient(door.store, { ...client, limits });
  await door.clock.advanceTo(door.clock.now() + 120_000, async () => {});
  const batch = Array.from({ length: 6 }, (_, i) => ({ type: 'track', userId: `u-${i}`, event: 'Seen' }));
  const statuses = [(await send('batch', { batch })).status, (await send('batch', { batch })).status];
  expect(statuses).toEqual([200, 429]);
});

const seen = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ type: 'track', userId: 'u-1', messageId: `m-${String(i).padStart(4, '0')}`, event: 'Seen' },
  }));

test('a batch of one person’s events is taken whole, each once, in its order, also when it is sent again', async () => {
  const batch = seen(2_500);
  const first = await send('batch', { batch: batch.slice(0, 1_800) });
  await door.clock.advanceTo(door.clock.now() + 120_000, async () => {});
  const again = await send('batch', { batch });
  expect([first, again].map(({ status, json }) => [status, json])).toEqual([
    [200, { success: true }],
    [200, { success: true }],
  ]);
  const [contact] = await findContactIds(door.store, [{ kind: 'userId', value: 'u-1' }]);
  expect((await door.events(contact!)).map(({ id }) => id)).toEqual(batch.map(({ messageId }) => messageId));
});

test('what cannot be written while a sender waits is told by its place, and all before it is kept', async () => {
  const { events } = readBatch({ batch: seen(300) }, { now: door.clock.now(), maxEventBytes: 32_768 });
  let now = door.clock.now();
  const slow = {
    ...door.store,
    clock: {
      now() {
        now += 100;
        return now;
      },
    },
  };
  const left = await storeBatch(slow, events);
  const [contact] = await findContactIds(door.store, [{ kind: 'userId', value: 'u-1' }]);
  const stored = await door.events(contact!);
  expect(stored.length).toBeGreaterThan(20);
  expect([...new Set(left.map(({ code }) => code))]).toEqual(['too-many-of-one']);
  expect([...stored.map(({ id }) => Number(id.slice(2))), ...left.map(({ index }) => index)]).toEqual(
    events.map(({ index }) => index),
  );
});
