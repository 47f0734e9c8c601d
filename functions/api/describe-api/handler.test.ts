import { afterEach, beforeEach, expect, test } from 'vitest';
import { manifest } from '#infra/manifest';
import { type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { operations } from './operations.ts';
import { record } from './record.ts';

let door: FrontDoor;
let ask: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  ask = door.open({ record, createHandler });
});
afterEach(() => door.close());

const routes = manifest.flatMap(({ record: { triggers } }) =>
  triggers.filter((trigger) => trigger.kind === 'http'),
);
const isAsked = (method: string): boolean => method !== 'OPTIONS' && method !== 'HEAD';

test('every route is described, and nothing else', () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  const served = routes
    .filter(({ method }) => isAsked(method))
    .map(({ method, path }) => `${method} ${path}`);
  expect([...described].sort()).toEqual([...served].sort());
});

test('whose role it takes is told as the function enforces it', () => {
  const takes = (list: readonly { method: string; path: string; access: string }[]) =>
    list
      .filter(({ access, method }) => access !== 'public' && access !== 'writeKey' && isAsked(method))
      .map(({ method, path, access }) => `${method} ${path} ${access}`)
      .sort();
  expect(takes(operations)).toEqual(takes(routes));
});

test('the description is OpenAPI 3.1 in which every reference leads somewhere', async () => {
  const { json, status } = await ask({ method: 'GET', path: '/v1/openapi.json' });
  expect([status, json.openapi, json.servers]).toEqual([200, '3.1.1', [{ url: 'https://t.acme.example' }]]);
  const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  const lost = references.filter(
    (path) =>
      path.split('/').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], json) ===
      undefined,
  );
  expect([references.length > 50, lost]).toEqual([true, []]);
});

test('the door says that it is open, without asking the store', async () => {
  door.taken();
  expect(await ask({ method: 'GET', path: '/health' })).toMatchObject({
    status: 200,
    json: { status: 'ok' },
  });
  expect(door.taken()).toEqual([]);
});
