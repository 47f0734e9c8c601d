import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Fallback, serveConsole } from './console.ts';

let folder = '';
let serve: Fallback;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayleaf-console-'));
  writeFileSync(join(folder, 'index.html'), '<title>Wayleaf</title>');
  serve = serveConsole(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = async (url: string, accept: string) =>
  (await serve({ method: 'GET', url, headers: { accept }, body: Buffer.alloc(0), sourceIp: '127.0.0.1' }))
    ?.status;

it('gives the first page at the root whatever is accepted', async () => {
  expect([await get('/', '*/*'), await get('/', 'text/html'), await get('/?tab=1', '*/*')]).toEqual([
    200, 200, 200,
  ]);
});

it('gives the first page at its other addresses to people only', async () => {
  expect([await get('/journeys/a', 'text/html,*/*'), await get('/journeys/a', '*/*')]).toEqual([
    200,
    undefined,
  ]);
});

it('leaves the API and what leads out of the folder alone', async () => {
  expect([await get('/v1/journeys', 'text/html'), await get('/../x.html', 'text/html')]).toEqual([
    undefined,
    undefined,
  ]);
});
