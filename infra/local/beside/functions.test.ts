import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import {
  addContacts,
  journeyTime,
  mailsPerRun,
  referenceClient,
  start,
  startRuns,
} from '#test/bench/reference';
import { createWorld, type World } from '../world.ts';
import type { WorldOptions } from '../world-options.ts';
import { workers } from './testing/workers.ts';

vi.mock(import('node:worker_threads'), async (load) =>
  (await import('./testing/workers.ts')).watchedThreads(load),
);
const folded = vi.hoisted(() => ({ here: 0 }));
vi.mock(import('#functions/reports/fold-counts/handler'), async (load) => {
  const { createHandler } = await load();
  return {
    createHandler: (context: FunctionContext) => {
      const handle = createHandler(context);
      return async (event, ...rest) => {
        folded.here += (event as { Records: unknown[] }).Records.length;
        return handle(event, ...rest);
      };
    },
  };
});

let data = '';
const open: World[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'wayleaf-beside-'));
  folded.here = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
  rmSync(data, { recursive: true, force: true });
});

const folder = referenceClient();
// Without segments: who comes before they are known is looked at later, which is an event more.
const client = { ...folder, segments: {}, client: { ...(folder.client as object), eventsOut: { on: true } } };
const people = 12;

const played = async (options: WorldOptions): Promise<World> => {
  const world = await createWorld({ client, clock: 'virtual', start, seed: 1, sync: 'off', ...options });
  open.push(world);
  await addContacts(world, people);
  await startRuns(world, people);
  await world.advance(journeyTime);
  return world;
};

const figuresOf = async (world: World): Promise<unknown> => {
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const paths = ['/v1/reports/overview?days=30', '/v1/journeys/reference/report'];
  const replies = await Promise.all(paths.map((path) => world.http({ method: 'GET', path, headers })));
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  return replies.map((reply) => JSON.parse((reply as unknown as { text: string }).text));
};

const toldIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) => readFileSync(join(root, file), 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { type: string }).type)
    .sort();

test('counts are folded in the second thread, to the figures and tellings of the first', async () => {
  const alone = await played({ data: join(data, 'a') });
  const allHere = folded.here;
  folded.here = 0;
  const beside = await played({ data: join(data, 'b'), messagesInFirstThread: 0 });

  expect(await figuresOf(beside)).toEqual(await figuresOf(alone));
  expect(toldIn(join(data, 'b'))).toEqual(toldIn(join(data, 'a')));
  expect(folded.here).toBeGreaterThan(0);
  expect(folded.here).toBeLessThan(allHere / 2);
});

test('where a service refuses a function in the second thread, or the thread dies amid its writes, the batch comes again and counts once', async () => {
  let mails = 0;
  let left = 3;
  let deaths = 0;
  const world = await played({
    data,
    messagesInFirstThread: 0,
    logLevel: 'silent',
    intercept: async ({ caller, operation, input }, next) => {
      if (operation === 'SendRawEmail') mails++;
      const isFold = mails > people && caller === 'fold-counts' && operation === 'TransactWriteItems';
      if (isFold && left-- > 0) throw Object.assign(new Error('away'), { name: 'InternalServerError' });
      const result = await next();
      // What was written stands, and the answer is lost.
      if (isFold && deaths === 0 && JSON.stringify(input).includes('|sent')) {
        deaths++;
        await workers.at(-1)?.terminate();
      }
      return result;
    },
  });
  expect([left < 1, deaths]).toEqual([true, 1]);
  expect(await world.quarantine()).toEqual([]);
  const [, report] = (await figuresOf(world)) as [unknown, { steps: Record<string, number>[] }];
  expect(report).toMatchObject({ entered: people });
  const inAll = (figure: string) => report.steps.reduce((sum, step) => sum + Number(step[figure]), 0);
  expect([inAll('sent'), inAll('delivered')]).toEqual([people * mailsPerRun, people * mailsPerRun]);
  expect(await world.outbox()).toHaveLength(people * mailsPerRun);
});
