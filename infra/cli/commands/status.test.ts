import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';
import { makeClients, threeClients } from '#test/builders/three-clients';
import { createProgram, runProgram } from '../program.ts';

const clients = makeClients({ acme: { ...threeClients.second }, other: { ...threeClients.second } });
const bare = makeClients({ acme: {} });
let world: AudienceWorld;
beforeAll(async () => {
  world = await openAudience();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  for (const folder of [clients, bare]) rmSync(folder, { recursive: true, force: true });
  await world.close();
});

/** Whatever address is asked, the world answers. */
const run = async (...args: string[]) => {
  const asked: string[] = [];
  const said: string[] = [];
  const say = (text: unknown): void => void said.push(String(text));
  vi.spyOn(console, 'log').mockImplementation(say);
  vi.spyOn(console, 'error').mockImplementation(say);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address, init) => {
    const { href, pathname } = new URL(String(address));
    asked.push(href);
    const headers = init?.headers as Record<string, string>;
    const { text, status } = await world.world.http({ method: 'GET', path: pathname, headers });
    return new Response(text, { status });
  });
  const argv = ['node', 'wayleaf', 'status', ...args, '--token', world.world.adminToken];
  const code = await runProgram(createProgram(), argv);
  return { code, asked, said: said.join('\n') };
};

test('asks at the domain of the client, without being told where that is', async () => {
  const { code, asked, said } = await run('acme', '--clients', clients);
  expect([code, asked]).toEqual([0, ['https://go.acme.example/v1/status']]);
  expect(said).toMatch(/^acme at .*: all is well\.\n/);
});

test('asks on this machine where the client has no domain, and elsewhere when told', async () => {
  expect((await run('acme', '--clients', bare)).asked).toEqual(['http://127.0.0.1:4747/v1/status']);
  const told = await run('acme', '--clients', clients, '--url', 'http://127.0.0.1:9');
  expect(told.asked).toEqual(['http://127.0.0.1:9/v1/status']);
});

test('tells of no client what another one answers', async () => {
  const { code, said } = await run('other', '--clients', clients);
  expect([code, said]).toEqual([1, expect.stringContaining('is the client "acme", not "other"')]);
});

test('exits 1 when something is wrong, and names the page that says what to do', async () => {
  await world.insist('POST', '/v1/sending/pause', { channel: 'sms' });
  const { code, said } = await run('acme', '--clients', clients);
  expect(code).toBe(1);
  expect(said).toMatch(/^acme at .*: 1 to look at\.\n {2}.* \(infra\/aws\/runbooks\/sending-paused\.md\)\n/);
});
