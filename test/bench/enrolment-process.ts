/**
 * A kept world in which a whole segment enters a journey while leads come by themselves. On the virtual clock
 * no second is idle, so the leads have more beside them than a real clock would put there.
 * `node enrolment-process.ts DIR MEMBERS LEADS` prints one JSON line.
 */
import { setTimeout } from 'node:timers/promises';
import { readClientFolder } from '#infra/client-folder';
import { beginWithSmallHeap } from '#infra/local/small-heap';
import { createWorld } from '#infra/local/world';
import { createWatch } from './watch-starts.ts';

export interface EnrolmentFound {
  members: number;
  entered: number;
  /** Runs that the service started, by how many a contact has. */
  runsPerContact: Record<number, number>;
  /** Starts in the fullest second, leads among them. */
  mostPerSecond: number;
  /** Of the world's clock, from the first member to the last. */
  seconds: number;
  /** Milliseconds from a lead's event to the end of its first step, in order of size. */
  alone: number[];
  beside: number[];
}

beginWithSmallHeap();
const [data = '', members = '2000', leads = '20'] = process.argv.slice(2);
const watch = createWatch(() => world.clock.now());
const client = { ...readClientFolder('acme'), journeys: {}, segments: {} };
const world = await createWorld({ data, client, clock: 'virtual', intercept: watch.intercept });
const admin = { authorization: `Bearer ${world.adminToken}` };
const key = { authorization: `Basic ${btoa('wk_acme:')}` };

const ask = async <T>(method: string, path: string, body?: unknown, headers = admin): Promise<T> => {
  const answer = await world.http({ method, path, headers, body } as never);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer.json<T>();
};

interface Coming {
  apartMs: number;
  isEnough(came: number): boolean;
}

/** One lead after the other. @returns how long each waited */
const come = async (prefix: string, { apartMs, isEnough }: Coming): Promise<number[]> => {
  const found: Promise<number>[] = [];
  for (let i = 0; !isEnough(i); i++) {
    const userId = `${prefix}-${i}`;
    await ask('POST', '/v1/identify', { userId, messageId: `i-${userId}` }, key);
    const { id } = await ask<{ id: string }>('GET', `/v1/contacts?userId=${userId}`);
    found.push(watch.firstStep(id));
    await ask('POST', '/v1/track', { userId, messageId: `m-${userId}`, event: 'Signed Up' }, key);
    await setTimeout(apartMs);
  }
  return (await Promise.all(found)).sort((a, b) => a - b);
};

await ask('PUT', '/v1/segments/pros', { name: 'Pros', if: { contact: 'plan', is: 'pro' } });
await ask('PUT', '/v1/journeys/welcome', {
  ...{ wayleaf: 1, id: 'welcome', name: 'Welcome' },
  enter: { on: [{ manual: true }, { event: 'Signed Up' }] },
  steps: [{ id: 'mark', type: 'update', addTags: ['welcomed'] }],
});
await ask('POST', '/v1/journeys/welcome/publish');
for (let i = 0; i < Number(members); i += 100) {
  const batch = Array.from({ length: Math.min(100, Number(members) - i) }, (_, n) => ({
    ...{ type: 'identify', userId: `u${i + n}`, messageId: `i-${i + n}` },
    traits: { plan: 'pro' },
  }));
  await ask('POST', '/v1/batch', { batch }, key);
}
await world.advance('5 minutes');
const alone = await come('alone', { apartMs: 150, isEnough: (came) => came >= Number(leads) });
// Their second is over.
await world.advance('10 seconds');
const { id } = await ask<{ id: string }>('POST', '/v1/journeys/welcome/enroll', { segment: 'pros' });
interface Enrolled {
  status: string;
  entered: number;
  startedAt?: string;
  endedAt?: string;
}
const progress = () => ask<Enrolled>('GET', `/v1/enrolments/${id}`);
let isDone = false;
const goOn = async (): Promise<Enrolled> => {
  for (;;) {
    await world.advance('10 seconds');
    const enrolled = await progress();
    isDone = enrolled.status === 'done';
    if (isDone) return enrolled;
  }
};
// From its first minute to its last.
const apartMs = Math.max(150, Number(members) / 100);
const coming = come('beside', { apartMs, isEnough: () => isDone });
const { entered, startedAt = '', endedAt = '' } = await goOn();
const beside = await coming;
await world.drain();
const result: EnrolmentFound = {
  ...{ members: Number(members), entered, alone, beside, ...watch.found() },
  seconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
};
console.log(JSON.stringify(result));
process.exit(0);
