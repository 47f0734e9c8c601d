import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionRecord, Grant } from '#aws/function-record';
import { createAuthorizer } from '#infra/local/wire/grants';
import { createWorld, type World } from '#infra/local/world';
import { elsewhere } from './elsewhere.ts';
import { noteUses, records, settings } from './note-uses.ts';
import { readUsed } from './used.ts';
import { type Call, grantedKeys, keyOf } from './uses.ts';

const root = join(import.meta.dirname, '../../..');
const recorded = readUsed();

const ask = (record: FunctionRecord, [service, operation, input]: Call): void =>
  createAuthorizer(record, settings)(service, operation, input);

/** As the record would be without this one grant; another that covers the same would make it needless. */
const without = (record: FunctionRecord, key: string): FunctionRecord => ({
  ...record,
  grants: record.grants.map(
    (grant) =>
      ({
        ...grant,
        actions: grant.actions.filter((action) => keyOf(record, grant.on, action) !== key),
      }) as Grant,
  ),
});

test('every grant of every record is used by its function in a test that is named', () => {
  const shown = new Set([...recorded.map(({ key }) => key), ...elsewhere]);
  expect(
    grantedKeys().filter((key) => !shown.has(key)),
    'granted, and used by nothing',
  ).toEqual([]);
  expect(
    [...shown].filter((key) => !grantedKeys().includes(key)),
    'used no more',
  ).toEqual([]);
});

test('what a test shows stands in no other list', () => {
  expect(recorded.map(({ key }) => key).filter((key) => elsewhere.includes(key))).toEqual([]);
});

test('the tests that are named exist', () => {
  const files = new Set(recorded.map(({ file }) => file));
  expect([...files].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test.each([...records.values()].map((record) => [record.name, record] as const))(
  '%s may do all that it was seen to do, and is denied it without the one grant',
  (name, record) => {
    for (const { key, call } of recorded.filter((use) => use.key.startsWith(`${name} `))) {
      expect(() => ask(record, call), key).not.toThrow();
      const [, action = ''] = key.split(' ');
      expect(() => ask(without(record, key), call), `${key} withheld`).toThrow(
        `${name}/${name} is not authorized to perform: ${action} on resource: `,
      );
    }
  },
);

test('a function is granted nothing on tables, machines, topics or secrets of another client', () => {
  const arn = (service: string, rest: string): string =>
    `arn:aws:${service}:${settings.region}:${settings.account}:${rest}`;
  const foreign: Call[] = [
    ['dynamodb', 'GetItem', { TableName: 'wayleaf-other-main' }],
    ['sfn', 'StartExecution', { stateMachineArn: arn('states', 'stateMachine:wayleaf-other-x') }],
    ['sns', 'Publish', { TopicArn: arn('sns', 'wayleaf-other-team-sales') }],
    ['secretsmanager', 'GetSecretValue', { SecretId: 'wayleaf-other-link-keys' }],
  ];
  for (const record of records.values())
    for (const call of foreign)
      expect(() => ask(record, call), `${record.name} ${call[1]}`).toThrow('is not authorized');
});

describe('the main job, with nothing but what records grant', () => {
  const { uses, intercept } = noteUses();
  const start = Date.parse('2026-03-02T09:00:00Z');
  let world: World;
  beforeAll(async () => {
    world = await createWorld({
      ...{ start, seed: 1, clock: 'virtual', sync: 'off', logLevel: 'error' },
      intercept,
    });
  }, 60_000);
  afterAll(() => world?.close());

  test('is done from the form to the way out, and uses no grant of which the list does not know', async () => {
    await post('ada');
    await post('ben');
    await world.drain();
    const [mail] = await world.outbox();
    await world.feedback({
      sendId: mail!.sendId!,
      type: 'click',
      link: 'https://www.acme.example/demo/book',
    });
    await world.advance('1 day');
    for (const { to, headers } of await world.outbox()) {
      const [, url] = /<(https?:[^>]+)>/.exec(headers?.['list-unsubscribe'] ?? '') ?? [];
      if (url) expect([to, await leave(new URL(url).pathname)]).toEqual([to, 200]);
    }
    await world.drain();
    expect(world.executions()).toHaveLength(2);
    expect(world.quarantine()).toEqual([]);
    const known = new Set(recorded.map(({ key }) => key));
    expect([...uses.keys()].filter((key) => !known.has(key))).toEqual([]);
    const busy = new Set([...uses.keys()].map((key) => key.split(' ')[0]));
    for (const name of ['accept-form', 'hear-event', 'run-step', 'take-feedback', 'fold-counts', 'sweep'])
      expect(busy).toContain(name);
  }, 60_000);

  test('could not take a step without any one of the grants that it used', () => {
    expect(uses.size).toBeGreaterThan(60);
    for (const { key, call } of uses.values()) {
      const record = records.get(key.split(' ')[0]!)!;
      expect(() => ask(record, call), key).not.toThrow();
      expect(() => ask(without(record, key), call), `${key} withheld`).toThrow('is not authorized');
    }
  });

  const leave = async (path: string): Promise<number> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await world.http({ method: 'POST', path, headers, body: 'List-Unsubscribe=One-Click' });
    return answer.status;
  };

  const post = (name: string) =>
    world.http({
      method: 'POST',
      path: '/v1/forms/demo-request',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...{ email: `${name}@example.com`, firstName: name, companySize: '120' },
        ...{ consent: 'yes', timezone: 'Europe/Berlin' },
      }).toString(),
    });
});
