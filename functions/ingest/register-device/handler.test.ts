import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editContact } from '#functions/contacts/changing/apply';
import type { Contact } from '#model/contact';
import { getContact } from '#store/contacts/contacts';
import { listDevices } from '#store/contacts/devices';
import { findContactId } from '#store/contacts/identities';
import { adminToken, type FrontDoor, openFrontDoor, type Reply, writeKey } from '#test/builders/front-door';
import { createHandler as acceptEvent } from '../accept-event/handler.ts';
import { record as acceptEventRecord } from '../accept-event/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const token = 'fcm-token-of-this-phone:APA91b';
let door: FrontDoor;
let ask: (method: string, body: object, headers?: Record<string, string>) => Promise<Reply>;

beforeEach(async () => {
  door = await openFrontDoor();
  const call = door.open({ record, createHandler });
  ask = (method, body, headers = { authorization: `Basic ${btoa(`${writeKey}:`)}` }) =>
    call({
      ...{ method, path: '/v1/devices', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', ...headers },
    });
});
afterEach(() => door.close());

const asAdmin = { authorization: `Bearer ${adminToken}` };
const register = (body: object, headers?: Record<string, string>) =>
  ask('POST', { app: 'android', token, ...body }, headers);
const of = async (userId: string): Promise<Contact> => {
  const id = await findContactId(door.store, { kind: 'userId', value: userId });
  return (await getContact(door.store, id ?? ''))!;
};
const endpointOf = async (userId: string) => (await of(userId)).fields.pushEndpoint;
const devicesOf = async (userId: string) => listDevices(door.store, await of(userId));
const attributes = async (EndpointArn: unknown) =>
  ((await door.sns('GetEndpointAttributes', { EndpointArn })) as { Attributes: object }).Attributes;
const tick = () => door.clock.advanceTo(door.clock.now() + 1_000, async () => {});

describe('a device that registers', () => {
  it('becomes an enabled endpoint of its app, and the address of its contact', async () => {
    expect(await register({ userId: 'ada' })).toMatchObject({ status: 200, json: { success: true } });
    const endpoint = await endpointOf('ada');
    expect(endpoint).toMatch(
      /^arn:aws:sns:eu-central-1:111122223333:endpoint\/GCM\/acme-android\/[a-f0-9-]{36}$/,
    );
    expect(await attributes(endpoint)).toEqual({ Token: token, Enabled: 'true' });
    expect((await door.events((await of('ada')).id)).map(({ name }) => name)).toContain('Device Registered');
  });

  it('again changes nothing and writes nothing of the contact', async () => {
    await register({ userId: 'ada' });
    const before = await of('ada');
    const events = (await door.events(before.id)).length;
    for (const _ of [1, 2]) expect((await register({ userId: 'ada' })).status).toBe(200);
    expect(await of('ada')).toEqual(before);
    expect(await door.events(before.id)).toHaveLength(events);
    expect(await devicesOf('ada')).toHaveLength(1);
  });

  it('that was disabled works again', async () => {
    await register({ userId: 'ada' });
    const EndpointArn = await endpointOf('ada');
    await door.sns('SetEndpointAttributes', { EndpointArn, Attributes: { Enabled: 'false' } });
    await register({ userId: 'ada' });
    expect(await attributes(EndpointArn)).toMatchObject({ Enabled: 'true' });
  });

  it('which SNS knows with other data is taken as it is', async () => {
    const PlatformApplicationArn = 'arn:aws:sns:eu-central-1:111122223333:app/GCM/acme-android';
    const made = await door.sns('CreatePlatformEndpoint', {
      ...{ PlatformApplicationArn, Token: token, CustomUserData: 'of an earlier system' },
    });
    await register({ userId: 'ada' });
    expect(await endpointOf('ada')).toBe((made as { EndpointArn: string }).EndpointArn);
  });

  it('says yes to push messages where the contact has said nothing', async () => {
    await register({ userId: 'ada' });
    expect((await of('ada')).consent.push).toBeUndefined();
    await register({ userId: 'bob', token: 'another-token', consent: true });
    const { id } = await of('bob');
    const [event] = (await door.events(id)).filter(({ name }) => name === 'Device Registered');
    expect(event?.consent).toEqual([{ channel: 'push', given: true, source: 'identify' }]);
  });
});

describe('a token that changed', () => {
  it('takes the place of the old one on the same device, which SNS forgets', async () => {
    await register({ userId: 'ada', deviceId: 'phone' });
    const old = await endpointOf('ada');
    await tick();
    await register({ userId: 'ada', deviceId: 'phone', token: 'the-new-token' });
    const now = await endpointOf('ada');
    expect(now).not.toBe(old);
    expect((await devicesOf('ada')).map(({ endpoint }) => endpoint)).toEqual([now]);
    await expect(attributes(old)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('a second device', () => {
  it('gets the messages when an administrator registers it', async () => {
    await register({ userId: 'ada' });
    await tick();
    await register({ userId: 'ada', app: 'ios', token: 'ab'.repeat(32) }, asAdmin);
    expect(await endpointOf('ada')).toContain('/APNS/acme-ios/');
    expect((await devicesOf('ada')).map(({ app }) => app)).toEqual(['ios', 'android']);
  });

  it('gets none by a public key, which anybody has, while the first one works', async () => {
    await register({ userId: 'ada' });
    const first = await endpointOf('ada');
    await tick();
    expect((await register({ userId: 'ada', token: 'a-strangers-token' })).status).toBe(200);
    expect(await endpointOf('ada')).toBe(first);
    await ask('DELETE', { app: 'android', token });
    expect(await endpointOf('ada')).not.toBe(first);
    expect(await devicesOf('ada')).toHaveLength(1);
  });
});

it('more devices than a person has are not kept, but for the one that gets the messages', async () => {
  await register({ userId: 'ada' });
  const first = await endpointOf('ada');
  for (let i = 0; i < 25; i++) {
    await tick();
    await register({ userId: 'ada', token: `one-of-many-${i}` });
  }
  const devices = await devicesOf('ada');
  expect(devices.length).toBeLessThanOrEqual(21);
  expect(devices.map(({ endpoint }) => endpoint)).toContain(first);
  expect(await endpointOf('ada')).toBe(first);
});

describe('somebody else at the same device', () => {
  it('takes it over: whoever used it before gets nothing on it any more', async () => {
    await register({ userId: 'ada' });
    const endpoint = await endpointOf('ada');
    await tick();
    await register({ userId: 'bob' });
    expect([await endpointOf('ada'), await endpointOf('bob')]).toEqual([undefined, endpoint]);
    expect([await devicesOf('ada'), (await devicesOf('bob')).length]).toEqual([[], 1]);
    await register({ userId: 'ada' });
    expect([await endpointOf('ada'), await endpointOf('bob')]).toEqual([endpoint, undefined]);
  });

  it('leaves the one before with the other device they have', async () => {
    await register({ userId: 'ada', token: 'adas-tablet' }, asAdmin);
    const tablet = await endpointOf('ada');
    await tick();
    await register({ userId: 'ada' }, asAdmin);
    await register({ userId: 'bob' });
    expect(await endpointOf('ada')).toBe(tablet);
  });

  it('at the same moment: it ends as one contact’s', async () => {
    await register({ userId: 'ada' });
    const people = ['ada', 'bob', 'cleo'];
    await Promise.all(people.map((userId) => register({ userId })));
    const endpoints = await Promise.all(people.map(endpointOf));
    const lists = await Promise.all(people.map(devicesOf));
    expect(endpoints.filter((endpoint) => endpoint !== undefined)).toHaveLength(1);
    expect(lists.flat()).toHaveLength(1);
    expect(lists[endpoints.findIndex((endpoint) => endpoint !== undefined)]).toHaveLength(1);
  });

  it('is not whoever a shared browser once was', async () => {
    const track = door.open({ record: acceptEventRecord, createHandler: acceptEvent });
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' };
    const identified = JSON.stringify({ userId: 'ada', anonymousId: 'shared', traits: {} });
    await track({ path: '/v1/identify', route: 'POST /v1/identify', headers, body: identified });
    expect(await register({ anonymousId: 'shared' })).toMatchObject({
      ...{ status: 409, json: { code: 'user-id-needed' } },
    });
    expect(await devicesOf('ada')).toEqual([]);
    expect((await register({ anonymousId: 'somebody-new' })).status).toBe(200);
  });
});

describe('a device that leaves', () => {
  it('is nobody’s, and SNS forgets its token', async () => {
    await register({ userId: 'ada' });
    const endpoint = await endpointOf('ada');
    for (const _ of [1, 2]) expect((await ask('DELETE', { app: 'android', token })).status).toBe(200);
    expect([await endpointOf('ada'), await devicesOf('ada')]).toEqual([undefined, []]);
    await expect(attributes(endpoint)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('refuses', () => {
  it.each<[string, object, number, string]>([
    ['an app that the client does not have', { userId: 'ada', app: 'windows' }, 422, 'unknown-app'],
    ['an app by the name of an object’s own', { userId: 'ada', app: 'constructor' }, 422, 'unknown-app'],
    ['nobody', {}, 422, 'no-identity'],
    ['an id that names nobody', { userId: 'null' }, 422, 'illegal-id'],
    ['a token that is none', { userId: 'ada', token: 'a b' }, 422, 'invalid-body'],
    ['a token that the push service cannot have made', { userId: 'ada', app: 'ios' }, 422, 'invalid-token'],
    ['an address of SNS in its place', { userId: 'ada', endpoint: 'arn:aws:sns:x' }, 422, 'invalid-body'],
  ])('%s', async (_name, body, status, code) => {
    expect(await register(body)).toMatchObject({ status, json: { code } });
    expect(door.logs).toEqual([]);
  });

  it('without a key, with a wrong one, from a foreign page', async () => {
    expect((await register({ userId: 'ada' }, {})).status).toBe(401);
    expect((await register({ userId: 'ada' }, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await register({ userId: 'ada', writeKey }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await register({ userId: 'ada', writeKey }, {})).status).toBe(200);
  });
});

it('an address that was set by hand is another device’s to take', async () => {
  await register({ userId: 'ada' });
  const { id } = await of('ada');
  const pushEndpoint =
    'arn:aws:sns:eu-central-1:111122223333:endpoint/GCM/x/12345678-1234-1234-1234-123456789012';
  await editContact(door.store, id, {
    ...{ id: 'x', by: 'api', at: '2026-03-01T09:00:00.000Z', depth: 0, update: { set: { pushEndpoint } } },
  });
  await register({ userId: 'ada' });
  expect(await endpointOf('ada')).toContain('/acme-android/');
});
