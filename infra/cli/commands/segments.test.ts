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
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'welcome', enter: { on: [{ manual: true }] } });
  for (const name of ['ada', 'bob', 'cem']) await world.identify(name, { plan: 'pro' });
  await world.advance('5 minutes');
});
afterAll(() => world.close());

const wayleaf = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const all = [script, ...args, '--url', url, '--token', world.world.adminToken];
    execFile(process.execPath, all, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out: out.trim(), err }),
    );
  });

test('segments are listed and counted, and their members printed one a line', async () => {
  expect((await wayleaf('segments', 'list')).out).toMatch(
    /^segment +members +state +name\n.*\npros +3 +ready +pros$/,
  );
  expect((await wayleaf('segments', 'count', 'pros')).out).toBe('pros: 3 members');
  const { out } = await wayleaf('segments', 'members', 'pros');
  expect(
    out
      .split('\n')
      .map((line) => line.split('  ')[2])
      .sort(),
  ).toEqual(['ada@example.com', 'bob@example.com', 'cem@example.com']);
  const lines = (await wayleaf('segments', 'members', 'pros', '--json', '--limit', '2')).out.split('\n');
  expect(lines.map((line) => JSON.parse(line).contact.fields.plan)).toEqual(['pro', 'pro']);
});

test('enroll says how the members follow, and refuses to guess who is meant', async () => {
  const { code, out } = await wayleaf('enroll', 'welcome', '--segment', 'pros', '--per-minute', '60');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Enrolment \w{20}: the members of pros follow, at most 60 a minute\.$/),
  ]);
  await world.advance('1 minute');
  expect(await world.report('welcome')).toMatchObject({ entered: 3 });
  expect(await wayleaf('enroll', 'welcome')).toMatchObject({
    code: 2,
    err: 'Say either --segment or --contact.\n',
  });
  expect(await wayleaf('segments', 'count', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('404 unknown-segment'),
  });
});
