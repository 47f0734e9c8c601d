import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, openCommandLine } from '#test/builders/command-line';

let line: CommandLine;
beforeAll(async () => {
  line = await openCommandLine();
  const { world } = line;
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'welcome', enter: { on: [{ manual: true }] } });
  for (const name of ['ada', 'bob', 'cem']) await world.identify(name, { plan: 'pro' });
  await world.advance('5 minutes');
});
afterAll(() => line.close());

test('segments are listed and counted, and their members printed one a line', async () => {
  expect((await line.wayleaf('segments', 'list')).out).toMatch(
    /^segment +members +state +name\n.*\npros +3 +ready +pros$/,
  );
  expect((await line.wayleaf('segments', 'count', 'pros')).out).toBe('pros: 3 members');
  const { out } = await line.wayleaf('segments', 'members', 'pros');
  expect(
    out
      .split('\n')
      .map((line) => line.split('  ')[2])
      .sort(),
  ).toEqual(['ada@example.com', 'bob@example.com', 'cem@example.com']);
  const { out: two } = await line.wayleaf('segments', 'members', 'pros', '--json', '--limit', '2');
  const lines = two.split('\n');
  expect(lines.map((line) => JSON.parse(line).contact.fields.plan)).toEqual(['pro', 'pro']);
});

test('refuses a limit that is no number instead of printing nobody', async () => {
  const { code, out, err } = await line.wayleaf('segments', 'members', 'pros', '--limit', 'two');
  expect([code, out, err]).toEqual([2, '', expect.stringContaining('Write a whole number from 1')]);
});

test('enroll says how the members follow, and refuses to guess who is meant', async () => {
  const { code, out } = await line.wayleaf('enroll', 'welcome', '--segment', 'pros', '--per-minute', '60');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Enrolment \w{20}: the members of pros follow, at most 60 a minute\.$/),
  ]);
  await line.world.advance('1 minute');
  expect(await line.world.report('welcome')).toMatchObject({ entered: 3 });
  expect(await line.wayleaf('enroll', 'welcome')).toMatchObject({
    code: 2,
    err: 'Say either --segment or --contact.',
  });
  expect(await line.wayleaf('segments', 'count', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('404 unknown-segment'),
  });
});
