import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const dayMs = 86_400_000;

let door: FrontDoor;
let call: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
});
afterEach(() => door.close());

const ask = (
  route: string,
  { token = adminToken, id, body }: { token?: string; id?: string; body?: unknown } = {},
) => {
  const [method = '', path = ''] = route.split(' ');
  return call({
    ...{ method, path: path.replace('{id}', id ?? ''), route },
    ...(id === undefined ? {} : { parameters: { id } }),
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const add = async (body: object = { name: 'console of Ada', role: 'viewer' }) =>
  (await ask('POST /v1/tokens', { body })).json as { id: string; token: string };
const rotate = (id: string, body: object = {}) => ask('POST /v1/tokens/{id}/rotate', { id, body });
const revoke = (id: string, token = adminToken) => ask('DELETE /v1/tokens/{id}', { id, token });
const list = async () => (await ask('GET /v1/tokens')).json.tokens as Record<string, unknown>[];
const me = (token: string) => ask('GET /v1/me', { token });
const wait = (ms: number) => door.clock.advanceTo(door.clock.now() + ms, async () => {});

describe('a token', () => {
  it('is shown when it is made and never again, and enters with its role', async () => {
    const { id, token } = await add();
    expect(token).toMatch(/^wayleaf_[0-9a-z]{40}$/);
    expect(await me(token)).toMatchObject({
      status: 200,
      json: { id, name: 'console of Ada', role: 'viewer', client: 'acme' },
    });
    const listed = await list();
    expect(listed).toMatchObject([
      {
        ...{ id, name: 'console of Ada', role: 'viewer', status: 'active', createdBy: 'test' },
        ...{ createdAt: '2026-03-01T09:00:00.000Z', lastUsed: '2026-03-01T09:00:00.000Z' },
      },
      { id: 'test', name: 'test', role: 'admin', status: 'active' },
    ]);
    expect(JSON.stringify(listed)).not.toContain(token);
    expect(JSON.stringify(await door.store.catalogue.query({ pk: 'TOKEN' }))).not.toContain(token);
    expect(door.logs.join()).not.toContain(token);
  });

  it('tells when it was last used, to the hour', async () => {
    const { id, token } = await add();
    const used = async () => (await list()).find((one) => one.id === id)?.lastUsed;
    expect(await used()).toBeUndefined();
    await wait(90 * 60_000);
    await me(token);
    await wait(10 * 60_000);
    await me(token);
    expect(await used()).toBe('2026-03-01T10:00:00.000Z');
  });

  it('ends when its time has come, and is listed as ended', async () => {
    const { id, token } = await add({ name: 'a week', role: 'author', validFor: '7 days' });
    await wait(7 * dayMs - 1);
    expect((await me(token)).status).toBe(200);
    await wait(1);
    expect((await me(token)).status).toBe(401);
    expect((await list()).find((one) => one.id === id)).toMatchObject({ status: 'ended' });
  });

  it('has a name of its own', async () => {
    await add();
    expect(await ask('POST /v1/tokens', { body: { name: 'console of Ada', role: 'author' } })).toMatchObject({
      status: 409,
      json: { code: 'name-taken' },
    });
  });

  it.each([
    [{}, ['/name', '/role']],
    [{ name: 'x', role: 'root' }, ['/role']],
    [{ name: 'a\nb', role: 'viewer' }, ['/name']],
    [{ name: '', role: 'viewer' }, ['/name']],
    [{ name: 'x', role: 'viewer', validFor: '0 seconds' }, ['/validFor']],
    [{ name: 'x', role: 'viewer', validFor: '4000 days' }, ['/validFor']],
    [{ name: 'x', role: 'viewer', admin: true }, ['']],
  ])('refuses to be made of %j', async (body, paths) => {
    const { status, json } = await ask('POST /v1/tokens', { body });
    expect(status).toBe(422);
    expect((json.issues as { path: string }[]).map(({ path }) => path)).toEqual(paths);
    expect(await list()).toHaveLength(1);
  });
});

describe('rotating a token', () => {
  it('lets the old secret work on for a day, or as long as is said', async () => {
    const { id, token } = await add();
    const { json } = await rotate(id);
    expect(json).toMatchObject({ id, role: 'viewer', oldUntil: '2026-03-02T09:00:00.000Z' });
    await wait(dayMs - 1);
    expect([(await me(token)).status, (await me(String(json.token))).json.id]).toEqual([200, id]);
    await wait(1);
    expect([(await me(token)).status, (await me(String(json.token))).status]).toEqual([401, 200]);
  });

  it.each([{ leaked: true }, { oldFor: '0 seconds' }])(
    'ends the old secret at once with %j',
    async (body) => {
      const { id, token } = await add();
      const { json } = await rotate(id, body);
      expect([(await me(token)).status, (await me(String(json.token))).status]).toEqual([401, 200]);
      expect(json.oldUntil).toBeUndefined();
    },
  );

  it('leaves one old secret at a time, and none after a revocation', async () => {
    const { id, token: first } = await add();
    const second = String((await rotate(id)).json.token);
    const third = String((await rotate(id)).json.token);
    const statuses = async () =>
      [await me(first), await me(second), await me(third)].map(({ status }) => status);
    expect(await statuses()).toEqual([401, 200, 200]);
    expect((await revoke(id)).status).toBe(204);
    expect(await statuses()).toEqual([401, 401, 401]);
  });

  it('makes the new one good for as long as the old one was made for', async () => {
    const { id } = await add({ name: 'a week', role: 'viewer', validFor: '7 days' });
    await wait(5 * dayMs);
    expect((await rotate(id)).json.validUntil).toBe('2026-03-13T09:00:00.000Z');
    expect((await rotate(id, { validFor: '1 day' })).json.validUntil).toBe('2026-03-07T09:00:00.000Z');
  });

  it('refuses one that is not there, and an overlap of a year', async () => {
    expect(await rotate('nobody')).toMatchObject({ status: 404, json: { code: 'unknown-token' } });
    expect((await rotate('test', { oldFor: '365 days' })).status).toBe(422);
  });
});

describe('the last token of an admin', () => {
  it('cannot be revoked, but rotated', async () => {
    expect(await revoke('test')).toMatchObject({ status: 409, json: { code: 'last-admin-token' } });
    await add({ name: 'second', role: 'publisher' });
    expect((await revoke('test')).status).toBe(409);
    expect((await rotate('test')).status).toBe(200);
  });

  it('is not one that has ended', async () => {
    await add({ name: 'short', role: 'admin', validFor: '1 hour' });
    await wait(3_600_000);
    expect((await revoke('test')).status).toBe(409);
  });

  it('stays when two admins revoke each other at once', async () => {
    const other = await add({ name: 'other', role: 'admin' });
    const answers = await Promise.all([revoke('test', other.token), revoke(other.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await door.store.catalogue.query({ pk: 'TOKEN' })).toHaveLength(1);
  });
});
