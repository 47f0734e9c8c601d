import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from '#test/builders/command-line';

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
});
afterAll(() => line.close());

test('a key is rotated, once, and what signs and what still works is listed', async () => {
  const short = await line.wayleaf('keys', 'rotate', '--old-for', '3 days');
  expect([short.code, short.err]).toEqual([
    1,
    expect.stringMatching(/\/oldFor links must work on for 31 to/),
  ]);
  const { out } = await line.wayleaf('keys', 'rotate', '--old-for', '60 days');
  expect(out).toMatch(/\nk1 +signs +\d{4}-\S+Z\nk2 +next +\d{4}-\S+Z$/);
  const again = await line.wayleaf('keys', 'rotate');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('rotation-under-way')]);
  await line.world.advance('61 minutes');
  const { keys } = JSON.parse((await line.wayleaf('keys', 'list', '--json')).out);
  expect(keys.map(({ id, use }: { id: string; use: string }) => `${id} ${use}`)).toEqual([
    'k1 old',
    'k2 signs',
  ]);
});
