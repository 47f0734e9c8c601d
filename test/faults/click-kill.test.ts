import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Child, startChild } from '../support/child.ts';
import { scanMain } from '../support/scan-main.ts';

const script = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-click-'));
const people = 24;
/** A click that was answered later than this may not have been heard: a reader does not wait for our books. */
const heardMs = 1_000;
const children: Child[] = [];

afterAll(async () => {
  for (const child of children) if (child.process.exitCode === null) await child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const startWorld = async (): Promise<Child> => {
  const flags = ['start', '--data', join(folder, 'data'), '--port', '0', '--clock', 'virtual'];
  const child = await startChild(script, flags, { WAYLEAF_ADMIN_TOKEN: 'click-kill-token' });
  children.push(child);
  return child;
};

const post = async (url: string, body: unknown, headers = {}): Promise<void> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
};
const advance = (url: string, by: string): Promise<void> => post(`${url}/local/clock`, { advance: by });

/** The paths of links, one of each person's mail. */
const mailPeople = async (url: string): Promise<string[]> => {
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  for (let i = 0; i < people; i++) {
    const userId = `p${i}`;
    const traits = { email: `${userId}@example.com`, engagement: 90, consent: ['email'] };
    await post(`${url}/v1/identify`, { userId, traits }, key);
    await post(`${url}/v1/track`, { userId, event: 'Engagement Reviewed' }, key);
  }
  await advance(url, '1 day');
  const outbox = (await (await fetch(`${url}/local/outbox`)).json()) as { html?: string }[];
  return outbox.map(({ html }) => /href="[^"]+(\/c\/[^"]+)"/.exec(html ?? '')?.[1] ?? 'no link');
};

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'de',
};
const follow = async (url: string): Promise<boolean> => {
  const begun = Date.now();
  const { status } = await fetch(url, { headers: browser, redirect: 'manual' });
  expect(status).toBe(302);
  return Date.now() - begun < heardMs;
};

const clicksIn = (items: Record<string, unknown>[]) =>
  items
    .filter(({ kind }) => kind === 'event')
    .map(({ message, contact }) => ({ contact, ...(message as { was?: string; machine?: boolean }) }))
    .filter(({ was }) => was === 'clicked');

test('a click whose reader was sent on counts once, though the process is killed before it is judged and while it is (I1)', async () => {
  let world = await startWorld();
  const links = await mailPeople(world.url);
  expect(links).toHaveLength(people);

  let sure = 0;
  for (const link of links.slice(0, people / 2)) if (await follow(world.url + link)) sure++;
  await world.kill('SIGKILL');

  world = await startWorld();
  // Held, and neither lost nor believed before its time.
  expect(clicksIn(await scanMain(world.url))).toEqual([]);
  // The other half is killed as it is asked for, and the first half as it is judged.
  const last = links.slice(people / 2).map((link) => follow(world.url + link));
  const all = Promise.allSettled([...last, advance(world.url, '7 seconds')]);
  await Promise.any(last);
  await world.kill('SIGKILL');
  for (const one of await all) if (one.status === 'fulfilled' && one.value === true) sure++;

  world = await startWorld();
  await advance(world.url, '30 minutes');
  const items = await scanMain(world.url);
  await world.kill('SIGTERM');
  const clicks = clicksIn(items);
  expect(sure).toBeGreaterThan(0);
  expect(clicks.length).toBeGreaterThanOrEqual(sure);
  expect(new Set(clicks.map(({ contact }) => contact)).size).toBe(clicks.length);
  expect(clicks.filter(({ machine }) => machine)).toEqual([]);
  expect(items.filter(({ unsettled }) => unsettled !== undefined)).toEqual([]);
}, 180_000);
