import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readClientFolder } from '../client-folder.ts';
import { LostConnection } from './wire/lost-connection.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const folders: string[] = [];
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wayleaf-world-'));
  folders.push(folder);
  return folder;
};
const open = async (options: WorldOptions = {}): Promise<World> => {
  const world = await createWorld({ start, clock: 'virtual', ...options });
  worlds.push(world);
  return world;
};
const close = async (world: World): Promise<void> => {
  worlds.splice(worlds.indexOf(world), 1);
  await world.close();
};
const request = async (world: World, email = 'ada@example.com'): Promise<number> => {
  const body = { email, firstName: 'Ada', companySize: 5, consent: 'yes' };
  return (await world.http({ method: 'POST', path: '/v1/forms/demo-request', body })).status;
};

test('after a restart everything goes on where it was, and nothing is sent again', async () => {
  const data = newFolder();
  const first = await open({ data });
  expect(await request(first)).toBe(202);
  await first.drain();
  await first.advance('1 day');
  await close(first);

  const second = await open({ data });
  expect(second.clock.now()).toBe(start + 86_400_000);
  expect(second.adminToken).toBe(first.adminToken);
  expect(second.executions()).toMatchObject([{ status: 'RUNNING', version: expect.stringMatching(/:1$/) }]);
  await second.advance('14 days');
  expect((await second.outbox()).map((m) => m.at.slice(0, 10))).toEqual([
    '2026-03-02',
    '2026-03-04',
    '2026-03-05',
  ]);
  expect(second.executions().map((e) => e.status)).toEqual(['SUCCEEDED']);
});

test('what was accepted the moment before the end is processed after it', async () => {
  const data = newFolder();
  const first = await open({ data });
  expect(await request(first)).toBe(202);
  await close(first);
  const second = await open({ data });
  await second.drain();
  expect(await second.outbox()).toHaveLength(1);
});

test('refuses data that another world holds, and says who does', async () => {
  const data = newFolder();
  await open({ data });
  await expect(createWorld({ data })).rejects.toThrow(/in use by this process \(pid \d+\)/);
});

test('refuses a folder that cannot be made, and says which', async () => {
  await expect(createWorld({ data: '/dev/null/data' })).rejects.toThrow(
    'The folder /dev/null/data cannot be made (ENOTDIR).',
  );
});

test('refuses data of another client', async () => {
  const data = newFolder();
  const acme = await open({ data });
  await close(acme);
  const other = join(newFolder(), 'other');
  cpSync(join(import.meta.dirname, '../clients/acme'), other, { recursive: true });
  const client = JSON.parse(readFileSync(join(other, 'client.json'), 'utf8'));
  writeFileSync(join(other, 'client.json'), JSON.stringify({ ...client, name: 'other' }));
  await expect(createWorld({ data, client: other, clock: 'virtual' })).rejects.toThrow(
    /that of client "acme"/,
  );
});

test('refuses the real clock on data whose clock is ahead of it', async () => {
  const data = newFolder();
  const world = await open({ data, start: Date.now() + 86_400_000 });
  await world.advance('1 hour');
  await close(world);
  await expect(createWorld({ data, clock: 'real' })).rejects.toThrow(/has not come yet/);
});

test('the admin token and the data are kept for their owner only, and one that is given counts more', async () => {
  const data = newFolder();
  const world = await open({ data });
  const file = join(data, 'admin-token');
  expect(readFileSync(file, 'utf8').trim()).toBe(world.adminToken);
  for (const kept of [file, join(data, 'world.sqlite'), join(data, 'world.sqlite-wal')])
    expect(statSync(kept).mode & 0o777).toBe(0o600);
  const list = (token: string) =>
    world.http({ path: '/v1/journeys', headers: { authorization: `Bearer ${token}` } });
  expect((await list(world.adminToken)).status).toBe(200);
  expect((await list('guessed-token')).status).toBe(401);
});

test('a secret of it that was rotated away does not come back by a start, and the new one stays', async () => {
  const data = newFolder();
  const world = await open({ data });
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const path = '/v1/tokens/local/rotate';
  const answer = await world.http({ method: 'POST', path, headers, body: { leaked: true } });
  const { token } = answer.json<{ token: string }>();
  await close(world);
  const again = await open({ data });
  expect(again.adminToken).toBe(token);
  expect(readFileSync(join(data, 'admin-token'), 'utf8').trim()).toBe(token);
  const status = async (token: string) =>
    (await again.http({ path: '/v1/me', headers: { authorization: `Bearer ${token}` } })).status;
  expect([await status(world.adminToken), await status(again.adminToken)]).toEqual([401, 200]);
});

test('one that was revoked does not come back by a start', async () => {
  const data = newFolder();
  const world = await open({ data });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const body = { name: 'ada', role: 'admin' };
  const headers = as(world.adminToken);
  const made = await world.http({ method: 'POST', path: '/v1/tokens', headers, body });
  const { token } = made.json<{ token: string }>();
  const path = '/v1/tokens/local';
  expect((await world.http({ method: 'DELETE', path, headers: as(token) })).status).toBe(204);
  await close(world);
  const again = await open({ data });
  const status = async (secret: string) => (await again.http({ path: '/v1/me', headers: as(secret) })).status;
  expect([await status(world.adminToken), await status(again.adminToken), await status(token)]).toEqual([
    ...[401, 200, 200],
  ]);
});

test.each(['my-own-token', 'short', 'p@ss:w0rd!'])(
  'an admin token may be any word: %s',
  async (adminToken) => {
    const world = await open({ adminToken });
    const headers = { authorization: `Bearer ${adminToken}` };
    expect((await world.http({ path: '/v1/journeys', headers })).status).toBe(200);
  },
);

test('time moves by duration or to an instant, and only forward', async () => {
  const world = await open();
  const move = (body: object) => world.local({ method: 'POST', path: '/local/clock', body });
  expect((await move({ advance: '90 minutes' })).json()).toEqual({
    now: '2026-03-02T10:30:00.000Z',
    mode: 'virtual',
  });
  expect((await move({ to: '2026-03-03T00:00:00Z' })).json()).toMatchObject({
    now: '2026-03-03T00:00:00.000Z',
  });
  expect((await move({ to: '2026-03-01T00:00:00Z' })).status).toBe(422);
  expect((await move({ advance: 'soon' })).json()).toMatchObject({ code: 'invalid-body', issues: [{}] });
  expect((await move({})).status).toBe(422);
  const both = await Promise.all([move({ advance: '1 hour' }), move({ advance: '1 hour' })]);
  expect(both.map((answer) => answer.status)).toEqual([200, 200]);
});

test('a world on the real clock says that its clock cannot be moved', async () => {
  const world = await open({ clock: 'real' });
  const answer = await world.local({ method: 'POST', path: '/local/clock', body: { advance: '1 day' } });
  expect(answer.json()).toMatchObject({ status: 409, code: 'real-clock' });
  await world.drain();
});

test('the outbox, executions and feedback are shown and played', async () => {
  const world = await open();
  await request(world);
  await world.drain();
  const outbox = (await world.local({ path: '/local/outbox' })).json<{ sendId: string; raw: string }[]>();
  expect(outbox).toMatchObject([
    { channel: 'email', to: 'ada@example.com', headers: { 'list-id': expect.any(String) } },
  ]);
  expect(outbox[0]?.raw).toContain('MIME-Version: 1.0');
  const play = (body: object) => world.local({ method: 'POST', path: '/local/feedback', body });
  expect((await play({ sendId: outbox[0]?.sendId, type: 'click' })).status).toBe(202);
  expect((await play({ sendId: 'nobody', type: 'open' })).status).toBe(404);
  expect(
    (await play({ sendId: outbox[0]?.sendId, type: 'click', link: 'https://elsewhere.example/' })).status,
  ).toBe(422);
  expect((await play({ sendId: outbox[0]?.sendId, type: 'dance' })).status).toBe(422);
  expect((await play([])).status).toBe(422);
  const executions = (await world.local({ path: '/local/executions' })).json();
  expect(executions).toMatchObject([
    { journey: 'demo-follow-up', status: 'RUNNING', state: expect.stringContaining('office-hours') },
  ]);
  expect((await world.local({ path: '/local/nothing' })).status).toBe(404);
});

test('serves the whole world on loopback: pages of the product, /local, and AWS for an SDK', async () => {
  const world = await open();
  const { url } = await world.listen({ port: 0 });
  const form = new URLSearchParams({ email: 'ada@example.com', firstName: 'Ada', consent: 'yes' });
  expect(
    (await fetch(`${url}/v1/forms/demo-request`, { method: 'POST', body: form, redirect: 'manual' })).status,
  ).toBeLessThan(400);
  const headers = { 'content-type': 'application/json' };
  await fetch(`${url}/local/clock`, { method: 'POST', headers, body: '{"advance":"1 hour"}' });
  const outbox = (await (await fetch(`${url}/local/outbox`)).json()) as { text: string }[];
  expect(outbox).toHaveLength(1);
  expect(outbox[0]?.text).toContain(`${url}/u/`);
  const target = {
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'content-type': 'application/x-amz-json-1.0',
  };
  const tables = await fetch(`${url}/aws`, { method: 'POST', headers: target, body: '{}' });
  expect(await tables.json()).toEqual({
    TableNames: ['wayleaf-acme-audit', 'wayleaf-acme-catalogue', 'wayleaf-acme-main'],
  });
});

test('SES and SNS may be elsewhere: then nothing of theirs is here', async () => {
  const elsewhere = await open({ manifest: [] });
  const { url } = await elsewhere.listen({ port: 0 });
  const world = await open({ endpoints: { ses: url, sns: url } });
  await request(world);
  await world.drain();
  expect(await world.outbox()).toEqual([]);
  expect(await elsewhere.outbox()).toMatchObject([{ to: 'ada@example.com', sendId: expect.any(String) }]);
});

test('a send that was lost on its way is found out, and never made twice', async () => {
  let lost = 0;
  const world = await open({
    logLevel: 'silent',
    intercept: async ({ operation }, next) => {
      const answer = await next();
      if (operation !== 'SendRawEmail' || lost++ > 0) return answer;
      throw new LostConnection();
    },
  });
  await request(world);
  await world.drain();
  await world.advance('1 day');
  expect((await world.outbox()).filter((m) => m.subject?.startsWith('Thanks'))).toHaveLength(1);
});

test('a wrong folder is told by file, member and sentence alone', async () => {
  const acme = readClientFolder('acme');
  const settings = {
    ...(acme.client as object),
    score: { rules: { pricing: { on: { event: 'X' }, add: 'ten' } } },
  };
  await expect(createWorld({ client: { ...acme, client: settings } })).rejects.toThrow(
    /^client\.json score\.rules\.pricing\.add: `add` is a number of points; found "ten"$/,
  );
  const forms = { ...acme.forms, broken: { name: 7 } };
  await expect(createWorld({ client: { ...acme, forms } })).rejects.toThrow(/^forms\/broken\.json \/name /);
});
