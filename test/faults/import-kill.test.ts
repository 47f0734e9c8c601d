import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Child, startChild } from '../support/child.ts';
import { scanMain } from '../support/scan-main.ts';

const script = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-import-'));
const data = join(folder, 'data');
const children: Child[] = [];
afterAll(async () => {
  for (const child of children) if (child.process.exitCode === null) await child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const startWorld = async (): Promise<Child> => {
  const child = await startChild(script, ['start', '--data', data, '--port', '0'], {
    WAYLEAF_ADMIN_TOKEN: 'import-kill-token',
  });
  children.push(child);
  return child;
};

/** Killed after the time, where one is given. */
const contacts = (url: string, given: string[], killAfterMs = 0): Promise<{ code: unknown; out: string }> =>
  new Promise((done) => {
    const args = [script, 'contacts', ...given, '--url', url, '--token', 'import-kill-token'];
    const options = { timeout: killAfterMs, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, args, options, (error, out) =>
      done({ code: error?.code ?? (error ? 'killed' : 0), out }),
    );
  });

/** How many contacts there are, of the first thousand. */
const imported = async (url: string): Promise<number> => {
  const answer = await fetch(`${url}/v1/contacts/export?format=ndjson`, {
    headers: { authorization: 'Bearer import-kill-token' },
  });
  return (await answer.text()).split('\n').length - 1;
};

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const people = 1_200;

test('each row of a file is applied once, whenever the world or the command is killed', {
  timeout: 240_000,
}, async () => {
  const file = join(folder, 'people.csv');
  const rows = Array.from({ length: people }, (_, i) => `p${i}@example.com`);
  const lines = [...rows.map((email) => `${email},First`), ...rows.map((email) => `${email},Second`)];
  writeFileSync(file, `email,firstName\n${lines.join('\n')}\n`);

  // The command dies with the world, or before it.
  for (const [least, killCommandMs] of [
    [1, 0],
    [300, 3_000],
    [700, 0],
  ] as const) {
    const world = await startWorld();
    const running = contacts(world.url, ['import', file], killCommandMs);
    await until(async () => (await imported(world.url)) >= least);
    await world.kill('SIGKILL');
    await running;
  }
  const world = await startWorld();
  const { code, out } = await contacts(world.url, ['import', file, '--json']);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { status: 'completed', rows: 2 * people, done: 2 * people, refused: 0 },
  ]);

  const items = await scanMain(`${world.url}/aws`);
  const profiles = items.filter(({ kind }) => kind === 'profile');
  expect(profiles.map(({ fields }) => (fields as { firstName: string }).firstName)).toEqual(
    rows.map(() => 'Second'),
  );
  const events = items.filter(({ kind, id }) => kind === 'event' && String(id).startsWith('import-'));
  expect([events.length, new Set(events.map(({ id }) => id)).size]).toEqual([2 * people, 2 * people]);

  const results = readFileSync(`${file}.result.csv`, 'utf8').trimEnd().split('\r\n').slice(1);
  const codes = results.map((line) => line.split(',').slice(0, 2).join(' '));
  expect(codes).toEqual(lines.map((_, i) => `${i + 2} ${i < people ? 'created' : 'updated'}`));

  const exported = join(folder, 'exported.ndjson');
  await contacts(world.url, ['export', '-o', exported]);
  const addresses = readFileSync(exported, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).fields.email);
  expect(addresses.sort()).toEqual(rows.toSorted());
});
