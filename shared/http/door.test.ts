import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import { defineFunction } from '#aws/function-record';
import { Refusal } from '#kernel/errors';
import { saveToken } from '#store/catalogue/tokens';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { json } from './answer.ts';
import { httpHandler } from './handler.ts';

const record = defineFunction({
  ...{
    name: 'keep-secret',
    room: 'api',
    description: '',
    timeoutSeconds: 1,
    memoryMegabytes: 128,
    grants: [],
  },
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/things/{id}', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/contacts/{id}', access: 'viewer', kept: true },
    { kind: 'http', method: 'PUT', path: '/v1/things/{id}', access: 'author' },
    { kind: 'http', method: 'POST', path: '/v1/things/check', access: 'author', kept: false },
  ],
});

let door: FrontDoor;
let call: Call;
/** What was kept when the work was done. */
let whileAtWork: unknown[];
let fails: boolean;
beforeEach(async () => {
  door = await openFrontDoor();
  await saveToken(door.store, 'a-viewer', 'viewer', 'viewer');
  [whileAtWork, fails] = [[], false];
  const createHandler = (context: FunctionContext) =>
    httpHandler(context, {}, async ({ parameters }) => {
      whileAtWork = await acts();
      if (parameters.id === 'missing') throw new Refusal(404, 'unknown-thing', 'Not here.');
      if (parameters.id === 'broken') throw new Error('secret detail');
      return json(200, { secret: 'shown' });
    });
  call = door.open({ record, createHandler: (context) => createHandler(failing(context)) });
});
afterEach(() => door.close());

/** The audit's table away, when told so. */
const failing = (context: FunctionContext): FunctionContext => {
  const { dynamodb } = context.aws;
  const send = (command: { input: { TableName?: string } }) =>
    fails && command.input.TableName?.endsWith('-audit')
      ? Promise.reject(new Error('away'))
      : dynamodb.send(command as never);
  return { ...context, aws: { ...context.aws, dynamodb: { send } as never } };
};

const acts = async () =>
  (await door.store.audit.query({ pk: 'ACT#2026-03' })).map(
    ({ actor, what, subject, status }) => `${actor} ${what} ${subject} ${status ?? '-'}`,
  );
const ask = (route: string, id = '', token = adminToken) => {
  const [method = '', path = ''] = route.split(' ');
  const headers = { authorization: `Bearer ${token}` };
  return call({
    method,
    path: path.replace('{id}', id),
    route,
    headers,
    ...(id ? { parameters: { id } } : {}),
  });
};

describe('a change', () => {
  it('is kept before it is made, and its status before the answer', async () => {
    expect((await ask('PUT /v1/things/{id}', 'one')).status).toBe(200);
    expect(whileAtWork).toEqual(['test PUT /v1/things/{id} things/one -']);
    expect(await acts()).toEqual(['test PUT /v1/things/{id} things/one 200']);
  });

  it('is kept with its refusal or failure', async () => {
    await ask('PUT /v1/things/{id}', 'missing');
    await ask('PUT /v1/things/{id}', 'broken');
    expect((await acts()).sort()).toEqual([
      'test PUT /v1/things/{id} things/broken 500',
      'test PUT /v1/things/{id} things/missing 404',
    ]);
  });

  it('is not made where it cannot be kept', async () => {
    fails = true;
    expect(await ask('PUT /v1/things/{id}', 'one')).toMatchObject({
      status: 503,
      json: { code: 'not-kept' },
    });
    expect(whileAtWork).toEqual([]);
    fails = false;
    expect((await ask('PUT /v1/things/{id}', 'one')).status).toBe(200);
  });

  it('of nothing is not kept where its record says so', async () => {
    await ask('POST /v1/things/check');
    expect(await acts()).toEqual([]);
  });
});

describe('a look', () => {
  it('at a thing is not kept, and works while the audit is away', async () => {
    fails = true;
    expect((await ask('GET /v1/things/{id}', 'one')).status).toBe(200);
    expect(await acts()).toEqual([]);
  });

  it('at a person is kept under our own id, and shown only where it could be', async () => {
    await ask('GET /v1/contacts/{id}', 'abcdefghjkmnpqrstvwx');
    await ask('GET /v1/contacts/{id}', 'ada@example.com');
    expect((await acts()).sort()).toEqual([
      'test GET /v1/contacts/{id} contacts 200',
      'test GET /v1/contacts/{id} contacts/abcdefghjkmnpqrstvwx 200',
    ]);
    fails = true;
    const refused = await ask('GET /v1/contacts/{id}', 'abcdefghjkmnpqrstvwx');
    expect([refused.status, refused.text.includes('shown"')]).toEqual([503, false]);
  });
});

describe('whoever may not', () => {
  it('is kept, and the work is never begun', async () => {
    expect((await ask('PUT /v1/things/{id}', 'one', 'a-viewer')).status).toBe(403);
    expect(whileAtWork).toEqual([]);
    expect(await acts()).toEqual(['viewer PUT /v1/things/{id} things/one 403']);
  });

  it('costs the same look-up, whatever is wrong with the token', async () => {
    await saveToken(door.store, 'ended', 'ended');
    const { pk, sk } = (await door.store.catalogue.query({ pk: 'TOKEN' })).find(
      ({ id }) => id === 'ended',
    ) as never;
    await door.store.catalogue.update(
      { pk, sk },
      { update: 'SET validUntil = :t', values: { ':t': '2020' } },
    );
    for (const token of ['ended', 'never-was', 'token-of-another-client']) {
      door.taken();
      expect((await ask('PUT /v1/things/{id}', 'one', token)).status).toBe(401);
      expect(door.taken()).toEqual(['GetItem']);
    }
    expect(await acts()).toEqual([]);
  });

  it('is told nothing by a route that the record has not: it takes an admin', async () => {
    expect((await ask('GET /v1/other', '', 'a-viewer')).status).toBe(403);
  });
});

it('grants what the door needs to every function that takes a token, and to no other', () => {
  expect(record.grants).toEqual([
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
    { on: 'audit', actions: ['dynamodb:PutItem'] },
  ]);
  const open = defineFunction({ ...record, grants: [], triggers: [{ kind: 'schedule', everyMinutes: 1 }] });
  expect(open.grants).toEqual([]);
});
