/**
 * A kept world with so many segments and contacts: how fast events are heard that every segment asks for, and how
 * fast everybody is looked at when one of them is written anew.
 * `node segments-process.ts DIR SEGMENTS CONTACTS EVENTS` prints one JSON line.
 */
import { readClientFolder } from '#infra/client-folder';
import { beginWithSmallHeap } from '#infra/local/small-heap';
import { createWorld } from '#infra/local/world';

export interface SegmentsFound {
  /** Events accepted and heard, each with its contact looked at for all segments, a second. */
  heardPerSecond: number;
  /** Contacts looked at a second for a segment that was written anew. */
  reviewedPerSecond: number;
  members: number;
}

beginWithSmallHeap();
const [data = '', segments = '50', contacts = '1000', events = '2000'] = process.argv.slice(2);
const client = { ...readClientFolder('acme'), journeys: {}, segments: {} };
const world = await createWorld({ data, client, clock: 'virtual' });

const insist = async (method: string, path: string, body?: unknown) => {
  const authorization = `Bearer ${world.adminToken}`;
  const answer = await world.http({ method, path, headers: { authorization }, body } as never);
  if (answer.status >= 300) throw new Error(`${method} ${path} ${answer.status} ${answer.text}`);
  return answer;
};
const key = { authorization: `Basic ${btoa('wk_acme:')}` };
const post = async (calls: readonly object[]): Promise<void> => {
  for (let i = 0; i < calls.length; i += 100) {
    const body = { batch: calls.slice(i, i + 100) };
    const { status } = await world.http({ method: 'POST', path: '/v1/batch', headers: key, body } as never);
    if (status !== 200) throw new Error(`/v1/batch ${status}`);
  }
};

/** Every one asks for the same event and for a field, so that every event is a reason to look at all. */
const conditionOf = (n: number, above: number) => ({
  any: [
    { did: 'Product Viewed', times: { atLeast: 2 + n }, inLast: '30 days' },
    {
      all: [
        { contact: 'companySize', above },
        { contact: 'plan', is: 'pro' },
      ],
    },
  ],
});
const putSegment = (n: number, above = n) =>
  insist('PUT', `/v1/segments/s${n}`, { name: `Segment ${n}`, if: conditionOf(n, above) });
const seconds = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
const people = Array.from({ length: Number(contacts) }, (_, i) => `u${i}`);

for (let n = 0; n < Number(segments); n++) await putSegment(n);
await post(
  people.map((userId, i) => ({
    ...{ type: 'identify', userId, messageId: `i-${i}` },
    traits: { plan: i % 2 ? 'pro' : 'free', companySize: i % 60 },
  })),
);
await world.advance('5 minutes');
const views = Array.from({ length: Number(events) }, (_, i) => ({
  ...{ type: 'track', event: 'Product Viewed', messageId: `t-${i}` },
  userId: people[i % people.length],
}));
const hearing = await seconds(async () => {
  await post(views);
  await world.drain();
});

interface Size {
  state: string;
  members: number;
}
const size = async (): Promise<Size> => (await insist('GET', '/v1/segments/s0/count')).json<Size>();
if (Number(segments) > 0) await putSegment(0, 30);
const reviewing = await seconds(async () => {
  while (Number(segments) > 0 && (await size()).state !== 'ready') await world.advance('1 minute');
});
await world.advance('1 minute');
const result: SegmentsFound = {
  heardPerSecond: Number(events) / hearing,
  reviewedPerSecond: Number(segments) > 0 ? people.length / reviewing : 0,
  members: Number(segments) > 0 ? (await size()).members : 0,
};
console.log(JSON.stringify(result));
process.exit(0);
