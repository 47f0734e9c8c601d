import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWorld, type World } from '#infra/local/world';
import { createProgram, runProgram } from '../program.ts';

let world: World;
let url = '';
let said: string[] = [];
beforeEach(async () => {
  world = await createWorld({ logLevel: 'error' });
  ({ url } = await world.listen({ port: 0 }));
  said = [];
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text: string) => void said.push(text));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const wayleaf = (...args: string[]): Promise<number> =>
  runProgram(createProgram(), ['node', 'wayleaf', ...args, '--url', url, '--token', world.adminToken]);

it('shows who owns each journey: the folder, until somebody uploads it by the API', async () => {
  expect(await wayleaf('journeys')).toBe(0);
  expect(said.join('\n')).toMatch(/demo-follow-up +live +1 +the client's folder/);
  const path = '/v1/journeys/demo-follow-up';
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const { document } = (await world.http({ path, headers })).json<{ document: object }>();
  await world.http({ method: 'PUT', path, headers, body: { ...document, name: 'Mine now' } });
  said = [];
  await wayleaf('journeys');
  expect(said.join('\n')).toMatch(/demo-follow-up +live +1 +the API +Mine now/);
  expect(said.join('\n')).toMatch(/increase-engagement +live +1 +the client's folder/);
  const report = await world.http({ path: `${path}/report`, headers });
  expect(report.json()).toMatchObject({ owner: 'api' });
});
