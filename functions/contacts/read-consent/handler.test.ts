import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { storeArrival } from '#store/contacts/arrivals';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let ask: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  ask = door.open({ record, createHandler });
});
afterEach(() => door.close());

const read = (id: string) =>
  ask({
    method: 'GET',
    route: 'GET /v1/contacts/{id}/consent',
    parameters: { id },
    headers: { authorization: `Bearer ${adminToken}` },
  });

const common = { type: 'track', name: 'Said', properties: {}, depth: 0, state: 'accepted' } as const;
const say = async (contact: string, given: boolean, source: string, more: object = {}) => {
  await door.clock.advanceTo(door.clock.now() + 1000, async () => {});
  const at = iso(door.clock.now());
  const consent = [{ channel: 'email', given, source, ...more }];
  await applyNow(door.store, { ...common, contact, id: at, at, happenedAt: at, consent });
};

test('every word stands there, oldest first, and the contact shows the last one', async () => {
  const at = iso(door.clock.now());
  const { contact } = await storeArrival(door.store, [{ kind: 'userId', value: 'u-1' }], {
    ...{ ...common, id: 'first', at, happenedAt: at },
  });
  await say(contact, true, 'form:demo', { text: 'You may.', origin: 'https://www.acme.example' });
  await say(contact, false, 'unsubscribe');
  await say(contact, true, 'identify');
  await say(contact, true, 'preferences', { topic: 'news', text: 'Again.' });
  const { status, json } = await read(contact);
  expect([status, json.entries]).toEqual([
    200,
    [
      {
        ...{ channel: 'email', given: true, at: '2026-03-01T09:00:01.000Z', source: 'form:demo' },
        ...{ text: 'You may.', origin: 'https://www.acme.example' },
      },
      { channel: 'email', given: false, at: '2026-03-01T09:00:02.000Z', source: 'unsubscribe' },
      {
        channel: 'email',
        given: true,
        at: '2026-03-01T09:00:04.000Z',
        source: 'preferences',
        text: 'Again.',
        onlyFor: 'news',
      },
      {
        ...{ channel: 'email', topic: 'news', given: true, at: '2026-03-01T09:00:04.000Z' },
        ...{ source: 'preferences', text: 'Again.' },
      },
    ],
  ]);
});

test('refuses whom nobody knows', async () => {
  expect((await read('nobody')).json.code).toBe('unknown-contact');
});
