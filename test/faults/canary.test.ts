import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { constants, gunzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';

/** In every name, address and value of the one who is erased, and nowhere else. */
const canary = 'qz7canary';
const phone = '+4915112345678';
const email = `${canary}@example.com`;
const says = (text: string): boolean => new RegExp(`${canary}|15112345678`, 'i').test(text);

/** What follows may be cut off, or not be packed at all. */
const unpacked = (bytes: Buffer): string => {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return '';
  }
};
const gzipMark = String.fromCharCode(0x1f, 0x8b, 8);
/** Whatever is packed in a text by gzip, as bytes (one character each) or in Base64. */
const packedIn = (text: string): string[] => [
  ...text
    .split(gzipMark)
    .slice(1)
    .map((rest) => unpacked(Buffer.from(gzipMark + rest, 'latin1'))),
  ...[...text.matchAll(/H4sI[\w+/=-]*/g)].map(([packed]) => unpacked(Buffer.from(packed, 'base64'))),
];
const isCanary = (text: string): boolean => says(text) || packedIn(text).some(says);

const folders: string[] = [];
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

const hears = (on: object, steps: object[]) => ({
  ...{ wayleaf: 1, name: 'Canary', enter: { on: [on], again: 'always', key: 'trigger.properties.order' } },
  sending: { class: 'transactional' },
  steps,
});
/** Every kind of step that may hold something of a person in its record, its message or its machine. */
const journey = hears({ event: 'Order Completed' }, [
  { id: 'mail', type: 'email', template: 'thank-you', subject: 'For {{ contact.firstName }}' },
  { id: 'text', type: 'sms', text: 'Hello {{ contact.firstName }}' },
  {
    ...{ id: 'hook', type: 'webhook', url: 'https://hooks.example.com/' },
    ...{ body: { who: '{{ contact.email }}' }, saveAs: 'hook' },
  },
  { id: 'note', type: 'emit', event: 'Noted', properties: { who: '{{ contact.firstName }}' } },
  {
    ...{ id: 'call', type: 'task', team: 'sales', title: 'Call {{ contact.firstName }}' },
    ...{ script: 'Ask for {{ contact.email }}', outcomes: ['reached'], due: '1 day', atMost: '4 days' },
    ...{ branches: [{ answer: 'reached', steps: [] }] },
    otherwise: { steps: [] },
  },
  { id: 'rest', type: 'wait', for: '20 days' },
]);

/** SES and SNS, which hand messages on to other people: not our store. */
const openMailboxes = async () => {
  const outside = await createWorld({ logLevel: 'silent' });
  worlds.push(outside);
  const { url } = await outside.listen({ port: 0 });
  return { outside, elsewhere: { ses: url, sns: url } };
};

const open = async () => {
  const { outside, elsewhere } = await openMailboxes();
  const data = mkdtempSync(join(tmpdir(), 'wayleaf-canary-'));
  folders.push(data);
  const folder = { ...readClientFolder('acme'), journeys: {}, segments: {} };
  const log: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => log.push(String(line)) > 0);
  const body = new TextEncoder().encode(JSON.stringify({ echo: email }));
  const world = await createWorld({
    ...{
      client: folder,
      data,
      clock: 'virtual',
      logLevel: 'info',
      start: Date.parse('2026-03-02T10:00:00Z'),
    },
    // One event that can never be heard, so that its record is parked.
    intercept: async ({ caller, input }, next) => {
      if (caller === 'hear-event' && JSON.stringify(input).includes('E#poison')) throw new Error('poison');
      return next();
    },
    endpoints: elsewhere,
    web: { call: async () => ({ kind: 'answered', status: 200, body }) },
  });
  worlds.push(world);
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  const admin = { authorization: `Bearer ${world.adminToken}` };
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    headers = admin,
  ) => {
    const answer = await world.http({ method, path, headers, ...(body ? { body } : {}) });
    expect([path, answer.status < 300 || answer.text]).toEqual([path, true]);
    return answer;
  };
  const event = (path: string, body: object) => send('POST', path, body, key);
  return { world, outside, data, log, admin, send, event };
};

/** Every table of the file that has a row with the canary. */
const findIn = (data: string) => {
  const sql = new DatabaseSync(join(data, 'world.sqlite'), { readOnly: true });
  const names = sql.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as {
    name: string;
  }[];
  const plain = (value: unknown): string =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
  const tables = names
    .map(({ name }) => name)
    .filter((name) =>
      sql
        .prepare(`SELECT * FROM ${name}`)
        .all()
        .some((row) => Object.values(row).some((value) => isCanary(plain(value)))),
    );
  sql.close();
  return tables;
};
/** Also what the database has removed and not yet used again. */
const bytesIn = (data: string): string[] =>
  readdirSync(data).filter((file) => isCanary(readFileSync(join(data, file)).toString('latin1')));

test('after an erasure no store, queue, log or history holds who it was', async () => {
  const { world, outside, data, log, admin, send, event } = await open();
  await send('PUT', '/v1/journeys/canary', { id: 'canary', ...journey });
  await send('POST', '/v1/journeys/canary/publish');
  const anonymous = { anonymousId: `browser-${canary}` };
  await event('/v1/page', { ...anonymous, properties: { url: `https://a.example/?q=${canary}` } });
  const traits = {
    email,
    phone,
    firstName: `Ada ${canary}`,
    consent: ['email', 'sms'],
    vip: { note: canary },
  };
  await event('/v1/identify', { userId: `user-${canary}`, traits });
  await world.drain();
  await event('/v1/identify', { userId: `user-${canary}`, ...anonymous, messageId: `m-${canary}` });
  await event('/v1/devices', { userId: `user-${canary}`, app: 'android', token: `token-${canary}` });
  const form = { email, firstName: `Ada ${canary}`, consent: 'yes', phone };
  await send('POST', '/v1/forms/demo-request', form, { 'content-type': 'application/json' } as never);
  await event('/v1/track', {
    ...{ userId: `user-${canary}`, event: 'Order Completed', properties: { order: `o-${canary}` } },
  });
  const asking = { name: 'News', fields: { email: { type: 'email' }, city: { type: 'text' } }, origins: [] };
  const consent = { field: 'ok', value: 'yes', channel: 'email', text: 'Yes, write to me' };
  const more = { thanks: 'https://www.acme.example/thanks', doubleOptIn: true };
  await send('PUT', '/v1/forms/news', { ...asking, ...more, consent });
  const news = { email, city: canary, ok: 'yes', utm_campaign: canary };
  await send('POST', '/v1/forms/news', news, { 'content-type': 'application/json' } as never);
  const csv = `email,firstName,phone,birthday,colour\n${email},Ada ${canary},12${canary},${canary},${canary}\n`;
  const file = { ...admin, 'content-type': 'text/csv' };
  const imported = await world.http({
    method: 'POST',
    path: '/v1/contacts/import',
    headers: file,
    body: csv,
  });
  expect(imported.json()).toMatchObject({ status: 'completed', rows: 1 });
  const waiting = await send('POST', '/v1/contacts/import?parts=2');
  const part = (number: number, body: string) =>
    world.http({
      ...{ method: 'PUT', path: `/v1/imports/${waiting.json<{ id: string }>().id}/parts/${number}` },
      ...{ headers: file, body },
    } as never);
  expect((await part(1, `email,firstName\n${email},Ada ${canary}\n`)).status).toBe(202);
  await event('/v1/track', {
    ...{ userId: `user-${canary}`, event: 'Seen', messageId: 'poison', properties: { what: canary } },
  });
  await event('/v1/identify', { userId: 'mallory', traits: { email, phone, firstName: 'Mallory' } });
  await world.drain();
  await world.advance('1 hour');
  const found = await send('GET', `/v1/contacts?email=${email}`);
  const { id, merged, fields } = found.json<{
    id: string;
    merged: string[];
    fields: { pushEndpoint: string };
  }>();
  const device = () => outside.services.sns('GetEndpointAttributes', { EndpointArn: fields.pushEndpoint });
  expect(await device()).toMatchObject({ Attributes: { Token: `token-${canary}` } });
  expect(merged).toHaveLength(1);
  expect((await outside.outbox()).map(({ channel }) => channel).sort()).toEqual(['email', 'sms', 'team']);
  expect(findIn(data)).toEqual(
    expect.arrayContaining(['dynamodb_items_1', 'dynamodb_items_2', 'dynamodb_stream_1', 'quarantine']),
  );

  await send('DELETE', `/v1/contacts/${id}`);
  await world.drain();
  expect(world.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  expect(findIn(data)).toEqual([]);
  expect(bytesIn(data)).toEqual([]);
  await expect(device()).rejects.toMatchObject({ name: 'NotFoundException' });
  const { id: importId } = imported.json<{ id: string }>();
  expect(isCanary((await send('GET', `/v1/imports/${importId}/result`)).text)).toBe(false);
  expect(log.filter(isCanary)).toEqual([]);
  expect(world.quarantine()).toEqual([]);

  await world.advance('1 minute');
  expect((await part(2, 'email,firstName\nbob@example.com,Bob\n')).status).toBe(202);
  await world.advance('5 minutes');
  expect(
    (await world.http({ method: 'GET', path: `/v1/contacts?email=${email}`, headers: admin })).status,
  ).toBe(404);
  expect([findIn(data), bytesIn(data)]).toEqual([[], []]);
}, 60_000);
