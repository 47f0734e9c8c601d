import { afterAll, beforeAll, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { localSettings } from '#infra/local/contexts';
import { createWorld, type World } from '#infra/local/world';
import { manifest } from '#infra/manifest';
import { usesOf } from './uses.ts';

const records = new Map(manifest.map(({ record }) => [record.name, record]));
const settings = localSettings(readClientSettings(readClientFolder('acme').client), 'https://example.com');
const used = new Set<string>();
const start = Date.parse('2026-03-02T09:00:00Z');
const people = ['ada', 'ben', 'cleo'] as const;
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
let world: World;

beforeAll(async () => {
  world = await createWorld({
    ...{ start, seed: 1, clock: 'virtual', sync: 'off', logLevel: 'error' },
    intercept: ({ service, operation, input, caller = '' }, next) => {
      const record = records.get(caller);
      for (const { key } of record ? usesOf(record, settings, [service, operation, input]) : [])
        used.add(key);
      return next();
    },
  });
  for (const name of people)
    await world.http({
      ...{ method: 'POST', path: '/v1/forms/demo-request', headers: urlencoded },
      body: new URLSearchParams({
        ...{ email: `${name}@example.com`, firstName: name, companySize: '3' },
        ...{ consent: 'yes', timezone: 'Europe/Berlin' },
      }).toString(),
    });
  await world.drain();
}, 60_000);
afterAll(() => world?.close());

/** Nobody was looked at since. */
const putSegment = async (id: string, from: number): Promise<void> => {
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const body = { name: id, if: { contact: 'companySize', above: from } };
  const answer = await world.http({ method: 'PUT', path: `/v1/segments/${id}`, headers, body });
  expect(answer.status).toBeLessThan(300);
};
const linkOf = async (name: string): Promise<string> => {
  const mail = (await world.outbox()).find(({ to }) => to.includes(`${name}@example.com`));
  return new URL(/<(https?:[^>]+)>/.exec(mail!.headers!['list-unsubscribe']!)![1]!).pathname;
};

test('who leaves before anybody was looked at since a segment changed is looked at first: unsubscribe', async () => {
  await putSegment('first', 1);
  const body = 'List-Unsubscribe=One-Click';
  const left = await world.http({ method: 'POST', path: await linkOf('ada'), headers: urlencoded, body });
  expect(left.status).toBe(200);
  expect(used).toContain('unsubscribe dynamodb:PutItem on catalogue');
  expect(used).toContain('unsubscribe dynamodb:Query on main');
});

test('who leaves before anybody was looked at since a segment changed is looked at first: preferences', async () => {
  await putSegment('second', 2);
  const mail = (await world.outbox()).find(({ to }) => to.includes('ben@example.com'));
  const [path = ''] = /\/p\/[\w.-]+/.exec(`${mail?.html}`) ?? [];
  const headers = { ...urlencoded, accept: 'text/html' };
  const chosen = await world.http({ method: 'POST', path, headers, body: 'email=no' });
  expect(chosen.status).toBe(200);
  expect(used).toContain('show-preferences dynamodb:PutItem on catalogue');
});
