import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Child, startChild } from '../support/child.ts';
import { scanMain } from '../support/scan-main.ts';

const root = join(import.meta.dirname, '../..');
const rounds = Number(process.env.WAYLEAF_KILLS ?? 50);
const seed = Number(process.env.WAYLEAF_SEED ?? Date.now() % 1e9);
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-kill-'));
const outboxFile = join(folder, 'outbox.ndjson');
const children: Child[] = [];

afterAll(async () => {
  for (const child of children) if (child.process.exitCode === null) await child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A small repeatable source of chance (mulberry32). */
const chance = (start: number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const startWorld = async (outbox: string): Promise<Child> => {
  const child = await startChild(
    join(root, 'infra/cli/wayleaf.ts'),
    ['start', '--data', join(folder, 'data'), '--port', '0', '--clock', 'virtual'],
    { AWS_ENDPOINT_URL_SES: outbox, AWS_ENDPOINT_URL_SNS: outbox, WAYLEAF_ADMIN_TOKEN: 'kill-test-token' },
  );
  children.push(child);
  return child;
};

const post = (url: string, path: string, body: unknown): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('wk_acme:')}` },
    body: JSON.stringify(body),
  });

/** Leads and events as fast as the answers come, until the world is gone; remembers what was acknowledged. */
const client = async (
  url: string,
  round: number,
  acked: { contact: string; event: string }[],
  stop: () => boolean,
) => {
  for (let i = 0; !stop(); i++) {
    const name = `p${round}-${i}`;
    const event = `evt-${name}`;
    try {
      const traits = {
        email: `${name}@example.com`,
        firstName: name,
        engagement: (i * 37) % 100,
        consent: ['email'],
      };
      const identified = await post(url, '/v1/identify', { userId: name, messageId: `id-${name}`, traits });
      if (!identified.ok)
        throw new Error(`identify answered ${identified.status}: ${await identified.text()}`);
      const tracked = await post(url, '/v1/track', {
        userId: name,
        messageId: event,
        event: 'Engagement Reviewed',
      });
      if (!tracked.ok) throw new Error(`track answered ${tracked.status}: ${await tracked.text()}`);
      acked.push({ contact: name, event });
    } catch (error) {
      if (error instanceof TypeError) return; // the connection died with the world
      throw error;
    }
  }
};

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const until = async (isSo: () => boolean, patienceMs: number): Promise<void> => {
  for (const end = Date.now() + patienceMs; !isSo() && Date.now() < end; ) await sleep(2);
};

test(`loses nothing and sends nothing twice over ${rounds} kills at random moments (I1, I2, I3, I12)`, async () => {
  console.log(`seed ${seed} (WAYLEAF_SEED), ${rounds} kills (WAYLEAF_KILLS)`);
  const next = chance(seed);
  const acked: { contact: string; event: string }[] = [];
  const outbox = await startChild(join(import.meta.dirname, 'outbox-process.ts'), [outboxFile]);
  children.push(outbox);

  for (let round = 0; round < rounds; round++) {
    const world = await startWorld(outbox.url);
    let stopped = false;
    const before = acked.length;
    const work = [
      client(world.url, round, acked, () => stopped),
      client(world.url, round + 1000, acked, () => stopped),
    ];
    const clock =
      next() < 0.6 ? advance(world.url, `${1 + Math.floor(next() * 72)} hours`) : Promise.resolve();
    // Mostly counted from the first answer, or a slow machine would be killed before it did anything.
    if (next() < 0.8) await until(() => acked.length > before, 20_000);
    await sleep(next() * 300);
    await world.kill('SIGKILL');
    stopped = true;
    await Promise.all([...work, clock]);
  }

  const world = await startWorld(outbox.url);
  for (let i = 0; i < 8; i++) await advance(world.url, '5 days', true);
  const items = await scanMain(world.url);
  await world.kill('SIGTERM');

  const events = new Map(items.filter((i) => i.kind === 'event').map((i) => [i.id, i]));
  const sends = items.filter((i) => i.kind === 'send');
  const runs = items.filter((i) => i.kind === 'run');
  const outside = readFileSync(outboxFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { sendId?: string });
  const bySend = Map.groupBy(outside, (message) => message.sendId);
  console.log(
    `${acked.length} acknowledged, ${runs.length} runs, ${sends.length} sends, ${outside.length} accepted outside, ${sends.filter((s) => s.status === 'indeterminate').length} indeterminate`,
  );

  expect(acked.length).toBeGreaterThan(rounds / 2);
  expect(acked.filter(({ event }) => !events.has(event))).toEqual([]);
  expect(items.filter((i) => i.unsettled !== undefined)).toEqual([]);
  expect(runs.filter((run) => run.status !== 'ended')).toEqual([]);
  expect(new Set(runs.map((run) => run.contact)).size).toBeGreaterThanOrEqual(acked.length);
  expect([...bySend].filter(([id, messages]) => id === undefined || messages.length > 1)).toEqual([]);
  expect(sends.filter((send) => send.status === 'claimed')).toEqual([]);
  expect(sends.filter((send) => send.status === 'sent' && !bySend.has(String(send.id)))).toEqual([]);
}, 600_000);

const advance = async (url: string, by: string, mustSucceed = false): Promise<void> => {
  try {
    const response = await fetch(`${url}/local/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: by }),
    });
    if (mustSucceed && !response.ok)
      throw new Error(`the clock answered ${response.status}: ${await response.text()}`);
  } catch (error) {
    if (mustSucceed || !(error instanceof TypeError)) throw error;
  }
};
