import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Identity } from '#policy/contacts/identity';
import { getContact } from '#store/contacts/contacts';
import { findContactId } from '#store/contacts/identities';
import { main } from '#store/keys';
import { type Call, type FrontDoor, openFrontDoor, writeKey } from '#test/builders/front-door';
import type { GivenRequest } from '#test/builders/http-request';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let call: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
});
afterEach(() => door.close());

const basic = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` };
const asked = (name: string, body: unknown, more: GivenRequest = {}): GivenRequest => ({
  path: `/v1/${name}`,
  ...more,
  headers: { 'content-type': 'application/json', ...basic, ...more.headers },
  body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
});
const send = (name: string, body: unknown, more?: GivenRequest) => call(asked(name, body, more));
const who = (kind: Identity['kind'], value: string) => findContactId(door.store, { kind, value });
const eventsOf = async (kind: Identity['kind'], value: string) => door.events((await who(kind, value))!);

describe('calls are stored before they are answered', () => {
  test.each([
    ['track', { event: 'Order Completed' }, 'Order Completed'],
    ['t', { event: 'Order Completed' }, 'Order Completed'],
    ['identify', { traits: { plan: 'pro' } }, 'Identified'],
    ['i', {}, 'Identified'],
    ['page', { name: 'Home' }, 'Page Viewed'],
    ['p', {}, 'Page Viewed'],
    ['screen', {}, 'Screen Viewed'],
    ['s', {}, 'Screen Viewed'],
    ['group', { groupId: 'g' }, 'Group Joined'],
    ['g', { groupId: 'g' }, 'Group Joined'],
    ['alias', { previousId: 'a-1' }, 'Alias Added'],
    ['a', { previousId: 'a-1' }, 'Alias Added'],
  ])('%s', async (name, body, stored) => {
    const reply = await send(name, { userId: 'u-1', ...body });
    expect([reply.status, reply.json]).toEqual([200, { success: true }]);
    expect((await eventsOf('userId', 'u-1')).map((event) => event.name)).toEqual([stored]);
  });

  test('a stored event waits to be heard, and says so to the sweep', async () => {
    await send('track', { userId: 'u-1', event: 'E', messageId: 'm-1' });
    const item = await door.store.main.get(main.event((await who('userId', 'u-1'))!, 'm-1'));
    expect(item).toMatchObject({
      state: 'accepted',
      unsettledAt: item?.at,
      unsettled: expect.stringMatching(/^event#\d$/),
    });
  });

  test('a known contact costs one read and one write', async () => {
    await send('track', { userId: 'u-1', event: 'E' });
    door.taken();
    await send('track', { userId: 'u-1', event: 'E' });
    expect(door.taken()).toEqual(['GetItem', 'PutItem']);
    await send('track', { userId: 'u-1', anonymousId: 'a-1', event: 'E' });
    door.taken();
    await send('track', { userId: 'u-1', anonymousId: 'a-1', event: 'E' });
    expect(door.taken()).toEqual(['BatchGetItem', 'PutItem']);
  });

  test('the same messageId is stored once, and the first content stays', async () => {
    for (const n of [1, 1, 2]) {
      const reply = await send('track', { userId: 'u-1', event: 'E', messageId: 'm-1', properties: { n } });
      expect(reply.status).toBe(200);
    }
    expect((await eventsOf('userId', 'u-1')).map(({ properties }) => properties)).toEqual([{ n: 1 }]);
  });

  test('also when the second one brings another id of the same person', async () => {
    await send('track', { userId: 'u-1', event: 'E', messageId: 'm-1' });
    const again = await send('track', { userId: 'u-1', anonymousId: 'a-1', event: 'E', messageId: 'm-1' });
    expect(again.status).toBe(200);
    expect(await eventsOf('userId', 'u-1')).toHaveLength(1);
  });

  test('twenty first events of one person at once make one contact', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => send('track', { userId: 'u-1', event: `E${i}` })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await eventsOf('userId', 'u-1')).toHaveLength(20);
  });
});

describe('whose event it is', () => {
  const identify = (body: object) => send('identify', body);

  test('a visitor who signs in stays the same contact', async () => {
    await send('page', { anonymousId: 'a-1' });
    await identify({ anonymousId: 'a-1', userId: 'u-1', traits: { email: 'ada@example.com' } });
    const contact = await who('anonymousId', 'a-1');
    expect([await who('userId', 'u-1'), await who('email', 'ada@example.com')]).toEqual([contact, contact]);
  });

  test('the next person at the same browser is another contact', async () => {
    await identify({ anonymousId: 'a-1', userId: 'u-1' });
    await identify({ anonymousId: 'a-1', userId: 'u-2' });
    await identify({ anonymousId: 'a-1', userId: 'u-2' });
    expect(await who('userId', 'u-2')).not.toBe(await who('userId', 'u-1'));
    expect(await who('anonymousId', 'a-1')).toBe(await who('userId', 'u-1'));
    expect(await eventsOf('userId', 'u-2')).toHaveLength(2);
  });

  test('a lead of a form is found by its address when it signs up', async () => {
    await identify({ anonymousId: 'a-1', traits: { email: 'ada@example.com' } });
    await identify({ userId: 'u-1', traits: { email: 'ADA@example.com' } });
    expect(await who('userId', 'u-1')).toBe(await who('email', 'ada@example.com'));
  });

  test('two accounts with one address stay two contacts', async () => {
    await identify({ userId: 'u-1', traits: { email: 'family@example.com' } });
    await identify({ userId: 'u-2', traits: { email: 'family@example.com' } });
    expect(await who('userId', 'u-2')).not.toBe(await who('userId', 'u-1'));
    expect(await who('email', 'family@example.com')).toBe(await who('userId', 'u-1'));
  });

  test('alias gives a visitor a name', async () => {
    await send('page', { anonymousId: 'a-1' });
    await send('alias', { previousId: 'a-1', userId: 'u-1' });
    expect(await who('userId', 'u-1')).toBe(await who('anonymousId', 'a-1'));
  });

  test('every identity of a contact is on its profile, so that it can be erased whole', async () => {
    await identify({
      anonymousId: 'a-1',
      userId: 'u-1',
      traits: { email: 'ada@example.com', phone: '0151 12345678' },
    });
    await send('track', { anonymousId: 'a-2', userId: 'u-1', event: 'E' });
    const profile = await door.store.main.get(main.profile((await who('userId', 'u-1'))!));
    expect([...(profile!.identities as Set<string>)].sort()).toEqual([
      'I#anonymousId#a-1',
      'I#anonymousId#a-2',
      'I#email#ada@example.com',
      'I#phone#+4915112345678',
      'I#userId#u-1',
    ]);
  });

  test('a key in the wrong hands cannot fill a profile with devices', async () => {
    await send('track', { userId: 'u-1', event: 'E' });
    const contact = (await who('userId', 'u-1'))!;
    await door.store.main.update(main.profile(contact), {
      update: 'ADD identities :many',
      values: { ':many': new Set(Array.from({ length: 500 }, (_, i) => `I#anonymousId#x-${i}`)) },
    });
    const reply = await send('track', { userId: 'u-1', anonymousId: 'one-more', event: 'E' });
    expect(reply.status).toBe(200);
    expect(await eventsOf('userId', 'u-1')).toHaveLength(2);
    expect(await who('anonymousId', 'one-more')).toBeUndefined();
  });
});

describe('write keys', () => {
  const track = { userId: 'u-1', event: 'E' };
  test.each<[string, GivenRequest]>([
    ['by Basic auth', asked('track', track)],
    [
      'in the query',
      asked('track', track, { headers: { authorization: '' }, query: `writeKey=${writeKey}` }),
    ],
    ['in the body', asked('track', { ...track, writeKey }, { headers: { authorization: '' } })],
  ])('%s', async (_, given) => {
    expect((await call(given)).status).toBe(200);
  });

  test.each<[string, GivenRequest]>([
    ['none', asked('track', track, { headers: { authorization: '' } })],
    [
      'an unknown one',
      asked('track', { ...track, writeKey: 'wk_other' }, { headers: { authorization: '' } }),
    ],
    [
      'one that is no text',
      asked('track', { ...track, writeKey: [writeKey] }, { headers: { authorization: '' } }),
    ],
    ['a known one as a token', asked('track', track, { headers: { authorization: `Bearer ${writeKey}` } })],
  ])('refuses %s', async (_, given) => {
    const reply = await call(given);
    expect([reply.status, reply.json.code]).toEqual([401, 'unknown-write-key']);
    expect(await who('userId', 'u-1')).toBeUndefined();
  });
});

describe('a batch', () => {
  const batch = (items: unknown[], more: object = {}) => send('batch', { batch: items, ...more });

  test('keeps the good ones and lists the bad ones', async () => {
    const reply = await batch([
      { type: 'track', userId: 'u-1', event: 'Good' },
      { type: 'track', userId: 'null', event: 'Bad' },
      { type: 'identify', userId: 'u-1', traits: { plan: 'pro' } },
    ]);
    expect([reply.status, reply.json]).toEqual([
      202,
      {
        success: true,
        accepted: 2,
        rejected: [{ index: 1, code: 'illegal-id', path: '/userId', message: expect.any(String) }],
      },
    ]);
    expect(await eventsOf('userId', 'u-1')).toHaveLength(2);
  });

  test('of a hundred contacts, each with several events, is stored whole', async () => {
    const items = Array.from({ length: 300 }, (_, i) => ({
      type: 'track',
      userId: `u-${i % 100}`,
      event: `E${i}`,
    }));
    expect((await batch(items)).json).toEqual({ success: true });
    expect(await eventsOf('userId', 'u-7')).toHaveLength(3);
  });

  test('of a visitor who says a name in between is stored in its order', async () => {
    await batch([
      { type: 'page', anonymousId: 'a-1', messageId: 'z' },
      { type: 'track', anonymousId: 'a-1', event: 'Video Played', messageId: 'y' },
      { type: 'identify', anonymousId: 'a-1', userId: 'u-1', messageId: 'x' },
      { type: 'track', userId: 'u-1', event: 'Signed Up', messageId: 'w' },
    ]);
    expect(await who('userId', 'u-1')).toBe(await who('anonymousId', 'a-1'));
    const stored = await eventsOf('userId', 'u-1');
    expect(stored.map(({ name }) => name).sort()).toEqual([
      'Identified',
      'Page Viewed',
      'Signed Up',
      'Video Played',
    ]);
  });

  test('of bad ones only is refused, with their places', async () => {
    const reply = await batch([{ type: 'track', event: 'E' }, 7]);
    expect([reply.status, reply.json.code]).toEqual([400, 'no-valid-event']);
    expect((reply.json.issues as { path: string }[]).map(({ path }) => path)).toEqual([
      '/batch/0',
      '/batch/1',
    ]);
  });

  test('that is empty is fine', async () => {
    expect((await batch([])).json).toEqual({ success: true });
  });

  test('the other names of it', async () => {
    for (const name of ['b', 'import'])
      expect((await send(name, { batch: [{ type: 'track', userId: 'u-1', event: name }] })).status).toBe(200);
    expect(await eventsOf('userId', 'u-1')).toHaveLength(2);
  });
});

describe('as the libraries send', () => {
  test("a page's own script: text/plain, the key in the body, from a known site", async () => {
    const body = {
      writeKey,
      anonymousId: 'a-1',
      userId: null,
      event: 'E',
      messageId: 'ajs-next-1-a',
      sentAt: '2026-03-01T09:00:00.000Z',
      integrations: {},
      _metadata: { bundled: [] },
    };
    const reply = await call({
      path: '/v1/t',
      headers: { 'content-type': 'text/plain', origin: 'https://www.acme.example' },
      body: JSON.stringify(body),
    });
    expect(reply).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'https://www.acme.example' },
    });
  });

  test('gzip', async () => {
    const packed = gzipSync(JSON.stringify({ userId: 'u-1', event: 'E' }));
    expect((await send('track', packed, { headers: { 'content-encoding': 'gzip' } })).status).toBe(200);
  });

  test('a foreign site may not send from its pages', async () => {
    const reply = await send(
      'track',
      { userId: 'u-1', event: 'E' },
      { headers: { origin: 'https://evil.example' } },
    );
    expect([reply.status, reply.json.code]).toEqual([403, 'foreign-origin']);
  });

  test('the preflight', async () => {
    const reply = await call({
      method: 'OPTIONS',
      path: '/v1/track',
      headers: { origin: 'https://www.acme.example' },
    });
    expect([reply.status, reply.headers['access-control-allow-methods']]).toEqual([204, 'POST']);
  });
});

test('whatever a track may hold is stored as it came', async () => {
  const properties = {
    empty: '',
    list: [],
    object: {},
    nothing: null,
    deep: { a: [{ b: [1, '2', true] }] },
    'a.b#c': '☃',
  };
  await send('track', { userId: 'u-1', event: 'E', properties });
  expect((await eventsOf('userId', 'u-1'))[0]?.properties).toEqual(properties);
});

test('the profile is there at once, and empty until the event is heard', async () => {
  await send('identify', { userId: 'u-1', traits: { plan: 'pro' } });
  const contact = await getContact(door.store, (await who('userId', 'u-1'))!);
  expect(contact).toMatchObject({ rev: 0, fields: {}, tags: [], score: 0, consent: {}, suppressed: {} });
});
