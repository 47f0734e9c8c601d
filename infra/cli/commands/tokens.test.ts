import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, openCommandLine, runScript, wayleafScript } from '#test/builders/command-line';

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
});
afterAll(() => line.close());

const me = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${line.url}/v1/me`, { headers });
  return { status: answer.status, ...((await answer.json()) as { role?: string; id?: string }) };
};

test('a token is made, rotated and revoked by its name, and the audit tells of it', async () => {
  const added = await line.wayleaf('tokens', 'add', 'dashboard', '--role', 'viewer');
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^wayleaf_\w+$/) });
  expect(await me(added.out)).toMatchObject({ status: 200, role: 'viewer' });
  await line.world.advance('1 minute');
  const rotated = await line.wayleaf('tokens', 'rotate', 'dashboard', '--leaked');
  expect([(await me(added.out)).status, (await me(rotated.out)).status]).toEqual([401, 200]);
  expect((await line.wayleaf('tokens', 'list')).out).toMatch(/\ndashboard +viewer +\w{20} /);
  await line.world.advance('1 minute');
  expect(await line.wayleaf('tokens', 'revoke', 'dashboard')).toMatchObject({
    code: 0,
    out: 'dashboard ended.',
  });
  expect((await me(rotated.out)).status).toBe(401);
  const { out } = await line.wayleaf('audit', '--actor', 'local', '--limit', '3');
  const acts = out
    .split('\n')
    .slice(2)
    .map((row) => row.split(/ {2,}/).slice(1));
  expect(acts.map(([who, what, , answer]) => [who, what, answer])).toEqual([
    ['local', 'DELETE /v1/tokens/{id}', '204'],
    ['local', 'POST /v1/tokens/{id}/rotate', '200'],
    ['local', 'POST /v1/tokens', '201'],
  ]);
});

test('a token that is not there, a role that is none and the last admin are told in a sentence', async () => {
  expect(await line.wayleaf('tokens', 'revoke', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no token "nobody". There is "local".'),
  });
  expect((await line.wayleaf('tokens', 'add', 'x', '--role', 'root')).code).toBe(2);
  expect(await line.wayleaf('tokens', 'revoke', 'local')).toMatchObject({
    code: 1,
    err: expect.stringContaining('last-admin-token'),
  });
});

test('the first token of a client is made by whoever may write its tables, and is kept in the audit', async () => {
  const endpoint = `${line.url}/aws`;
  const options = ['--role', 'admin', '--client', line.world.world.client.name, '--endpoint', endpoint];
  const { code, out, err } = await runScript(wayleafScript, 'tokens', 'add', 'first', ...options);
  expect([code, err]).toEqual([0, expect.stringContaining('first (admin); shown this once.')]);
  expect(await me(out)).toMatchObject({ status: 200, role: 'admin' });
  // Its clock is the real one, and the world's stands still.
  const acts = await line.world.world.store.audit.query({ pk: 'command-line', index: 'by-actor' });
  expect(acts).toMatchObject([
    { what: 'tokens add', subject: expect.stringMatching(/^tokens\/\w{20}$/), status: 201 },
  ]);
});
