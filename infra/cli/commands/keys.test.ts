import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

const script = join(import.meta.dirname, '../wayleaf.ts');
let world: AudienceWorld;
let url: string;
beforeAll(async () => {
  world = await openAudience();
  url = (await world.world.listen({ port: 0 })).url;
});
afterAll(() => world.close());

const wayleaf = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const all = [script, ...args, '--url', url, '--token', world.world.adminToken];
    execFile(process.execPath, all, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out: out.trim(), err }),
    );
  });

test('a key is rotated, once, and what signs and what still works is listed', async () => {
  const short = await wayleaf('keys', 'rotate', '--old-for', '3 days');
  expect([short.code, short.err]).toEqual([
    1,
    expect.stringMatching(/\/oldFor links must work on for 31 to/),
  ]);
  const { out } = await wayleaf('keys', 'rotate', '--old-for', '60 days');
  expect(out).toMatch(/\nk1 +signs +\d{4}-\S+Z\nk2 +next +\d{4}-\S+Z$/);
  const again = await wayleaf('keys', 'rotate');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('rotation-under-way')]);
  await world.advance('61 minutes');
  const { keys } = JSON.parse((await wayleaf('keys', 'list', '--json')).out);
  expect(keys.map(({ id, use }: { id: string; use: string }) => `${id} ${use}`)).toEqual([
    'k1 old',
    'k2 signs',
  ]);
});
