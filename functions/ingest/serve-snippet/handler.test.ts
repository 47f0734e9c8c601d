import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';
import { snippet } from './snippet.generated.ts';

let door: FrontDoor;
let call: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
});
afterEach(() => door.close());

const ask = (headers: Record<string, string> = {}) =>
  call({ method: 'GET', path: '/v1/wayleaf.js', headers });

test('a script that any site may include, kept for an hour', async () => {
  const { status, headers, text } = await ask();
  expect([status, text]).toEqual([200, snippet]);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': expect.stringContaining('max-age=3600'),
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
});

test('packed for who takes it so', async () => {
  const { headers, text } = await ask({ 'accept-encoding': 'br, gzip' });
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(gunzipSync(Buffer.from(text, 'base64')).toString()).toBe(snippet);
});

test.each(['br', 'gzip;q=0', 'gzip;q=0.0, br', ''])('as it is for who takes %j', async (encodings) => {
  expect((await ask({ 'accept-encoding': encodings })).headers).not.toHaveProperty('content-encoding');
});

test('who has it gets it no second time', async () => {
  const { etag } = (await ask()).headers;
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`])
    expect(await ask({ 'if-none-match': known! })).toMatchObject({ status: 304, text: '' });
  expect((await ask({ 'if-none-match': '"x"' })).status).toBe(200);
});

test('nothing is asked of the store', async () => {
  door.taken();
  await ask();
  expect(door.taken()).toEqual([]);
});
