/**
 * A kept world on the real clock, in which a whole segment enters a journey while leads come by themselves.
 * `node enrolment-process.ts DIR MEMBERS LEADS` prints one JSON line.
 */
import { setTimeout } from 'node:timers/promises';
import { readClientFolder } from '#infra/client-folder';
import { keepHeapSmall } from '#infra/local/small-heap';
import { createWorld } from '#infra/local/world';

export interface EnrolmentFound {
  /** Starts in the fullest second. */
  mostPerSecond: number;
  entered: number;
  /** Milliseconds from a lead's event to the start of its run, in order of size. */
  alone: number[];
  beside: number[];
}

keepHeapSmall();
const [data = '', members = '2000', leads = '20'] = process.argv.slice(2);
const client = { ...readClientFolder('acme'), journeys: {}, segments: {} };
const world = await createWorld({ data, client, clock: 'real' });
const admin = { authorization: `Bearer ${world.adminToken}` };
const key = { authorization: `Basic ${btoa('wk_acme:')}` };

const ask = async <T>(method: string, path: string, body?: unknown, headers = admin): Promise<T> => {
  const answer = await world.http({ method, path, headers, body } as never);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer.json<T>();
};
const until = async <T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> => {
  for (let found = await look(); ; found = await look()) {
    if (isSo(found)) return found;
    await setTimeout(500);
  }
};

/** One lead after the other, a little apart. @returns how long each waited */
const comeAlone = async (prefix: string): Promise<number[]> => {
  const came = new Map<string, number>();
  for (let i = 0; i < Number(leads); i++) {
    const userId = `${prefix}-${i}`;
    const messageId = `m-${userId}`;
    const at = Date.now();
    await ask('POST', '/v1/track', { userId, messageId, event: 'Signed Up' }, key);
    came.set((await ask<{ id: string }>('GET', `/v1/contacts?userId=${userId}`)).id, at);
    await setTimeout(150);
  }
  const startsOf = () =>
    world.executions().flatMap(({ name, startedAt }) => {
      const at = came.get(name.slice(0, 20));
      return at === undefined ? [] : [Math.max(0, Date.parse(startedAt) - at)];
    });
  const found = await until(
    async () => startsOf(),
    ({ length }) => length === came.size,
  );
  return found.sort((a, b) => a - b);
};

await ask('PUT', '/v1/segments/pros', { name: 'Pros', if: { contact: 'plan', is: 'pro' } });
await ask('PUT', '/v1/journeys/welcome', {
  ...{ wayleaf: 1, id: 'welcome', name: 'Welcome' },
  enter: { on: [{ manual: true }, { event: 'Signed Up' }] },
  steps: [
    { id: 'rest', type: 'wait', for: '2 days' },
    { id: 'mark', type: 'update', addTags: ['welcomed'] },
  ],
});
await ask('POST', '/v1/journeys/welcome/publish');
for (let i = 0; i < Number(members); i += 100) {
  const batch = Array.from({ length: 100 }, (_, n) => ({
    ...{ type: 'identify', userId: `u${i + n}`, messageId: `i-${i + n}` },
    traits: { plan: 'pro' },
  }));
  await ask('POST', '/v1/batch', { batch }, key);
}
await world.drain();
const alone = await comeAlone('alone');
const { id } = await ask<{ id: string }>('POST', '/v1/journeys/welcome/enroll', { segment: 'pros' });
interface Enrolled {
  status: string;
  entered: number;
}
const progress = () => ask<Enrolled>('GET', `/v1/enrolments/${id}`);
await until(progress, ({ status }) => status !== 'waiting');
const beside = await comeAlone('beside');
const { entered } = await until(progress, ({ status }) => status === 'done');
const seconds = Map.groupBy(world.executions(), ({ startedAt }) => startedAt.slice(0, 19));
const mostPerSecond = Math.max(...[...seconds.values()].map(({ length }) => length));
const result: EnrolmentFound = { mostPerSecond, entered, alone, beside };
console.log(JSON.stringify(result));
process.exit(0);
