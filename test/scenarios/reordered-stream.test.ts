import { expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import type { WorldOptions } from '#infra/local/world';
import type { Contact } from '#model/contact';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const people = 500;
const rounds = 10;
const perRound = 2;
const roundMs = 6 * 3_600_000;
const start = Date.parse('2026-03-02T09:00:00Z');

/** The same numbers at each call with the same seed. */
const dice = (seed: number) => {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

interface Call {
  type: 'identify' | 'track' | 'page';
  userId: string;
  messageId: string;
  timestamp: string;
  [member: string]: unknown;
}

const callOf = (roll: (sides: number) => number): Pick<Call, 'type'> & Record<string, unknown> => {
  const chance = roll(100);
  if (chance < 15)
    return {
      type: 'identify',
      traits: { plan: ['free', 'pro', 'max'][roll(3)], companySize: 10 * roll(30), consent: ['email'] },
    };
  if (chance < 35) return { type: 'track', event: 'Order Completed', properties: { revenue: roll(200) } };
  if (chance < 45) return { type: 'track', event: 'Trial Started' };
  if (chance < 55) return { type: 'page', name: 'Pricing' };
  return { type: 'track', event: 'Product Viewed', properties: { price: roll(500) } };
};

/** 10,000 events: two of each contact in each round, in the order in which they happen. */
const story = (): Call[][] => {
  const roll = dice(7);
  return Array.from({ length: rounds }, (_, round) =>
    Array.from({ length: people * perRound }, (_, i) => ({
      ...callOf(roll),
      userId: `u${i % people}`,
      messageId: `m-${round}-${i}`,
      timestamp: new Date(start + round * roundMs).toISOString(),
    })),
  );
};

/** Contacts overtake each other, each keeps its own order, and everything comes a second time, now or a round later. */
const disturbed = (calls: Call[][]): Call[][] => {
  const roll = dice(11);
  let late: Call[] = [];
  return [...calls, []].map((round) => {
    const lines = [...Map.groupBy(round, ({ userId }) => userId).values()].map((line) => [...line]);
    const repeats: Call[] = [...late];
    late = [];
    const sent: Call[] = [];
    while (lines.length > 0) {
      const at = roll(lines.length);
      const call = lines[at]!.shift()!;
      if (lines[at]!.length === 0) lines.splice(at, 1);
      sent.push(call);
      (roll(4) === 0 ? late : repeats).push(call);
    }
    return [...sent, ...repeats.sort(() => roll(2) - 0.5)];
  });
};

const score = {
  rules: {
    views: {
      on: { event: 'Product Viewed' },
      add: 3,
      decay: { halfLife: '2 days' },
      cap: { atMost: 12, per: '1 day' },
    },
    orders: { on: { event: 'Order Completed' }, if: { trigger: 'properties.revenue', above: 50 }, add: 20 },
    size: {
      on: { event: 'Trial Started' },
      if: { contact: 'companySize', atLeast: 100 },
      add: 10,
      atMost: 30,
    },
  },
};

const rest = (days: number, tag: string) => [
  { id: 'rest', type: 'wait', for: `${days} days` },
  { id: 'mark', type: 'update', addTags: [tag], addScore: 5 },
];

const openStory = async (options: WorldOptions): Promise<AudienceWorld> => {
  const { client, ...folder } = readClientFolder('acme');
  const scored = { ...(client as object), score };
  const world = await open({
    client: { ...folder, client: scored, journeys: {}, segments: {} },
    start,
    ...options,
  });
  await world.segment('buyers', { did: 'Order Completed', times: { atLeast: 2 }, inLast: '2 days' });
  await world.segment('pros', { all: [{ contact: 'plan', in: ['pro', 'max'] }, { consent: 'email' }] });
  await world.segment('keen', { any: [{ score: { atLeast: 40 } }, { segment: 'buyers' }] });
  const leaves = { exit: [{ on: { segment: 'buyers', when: 'leaves' } }] };
  const buyers = { on: [{ segment: 'buyers', when: 'enters' }], again: 'always' };
  await world.publish({ id: 'thank', enter: buyers, ...leaves, steps: rest(1, 'thanked') });
  const goal = { on: { event: 'Order Completed' }, within: '2 days' };
  const trial = { on: [{ event: 'Trial Started' }], again: { after: '1 day' } };
  await world.publish({ id: 'trial', enter: trial, goal, steps: rest(2, 'tried') });
  const keen = { on: [{ segment: 'keen', when: 'enters' }], if: { segment: 'pros' } };
  await world.publish({
    id: 'call',
    enter: keen,
    exit: [{ if: { contact: 'plan', is: 'free' } }],
    steps: rest(3, 'called'),
  });
  return world;
};

const send = async (world: AudienceWorld, calls: readonly Call[]): Promise<void> => {
  for (let i = 0; i < calls.length; i += 100)
    await world.post('/v1/batch', { batch: calls.slice(i, i + 100) });
};

const play = async (world: AudienceWorld, calls: readonly Call[][]) => {
  for (const [round, some] of calls.entries()) {
    await world.advanceTo(new Date(start + round * roundMs).toISOString());
    await send(world, some);
    await world.drain();
  }
  await world.advanceTo('2026-03-12T09:00:00Z');
  expect(world.world.quarantine()).toEqual([]);
  return outcome(world);
};

type Known = Pick<Contact, 'fields' | 'tags' | 'segments'> & {
  points: number;
  consent: string[];
  runs: string[];
};

/** What is known in the end, without the ids that are drawn anew in each world. */
const outcome = async (world: AudienceWorld) => {
  const contacts: Record<string, Known> = {};
  for (let i = 0; i < people; i++) {
    const { fields, tags, score: points, segments, consent } = await world.contact(`u${i}`);
    contacts[`u${i}`] = {
      fields,
      tags: [...tags].sort(),
      points,
      segments,
      consent: known(consent),
      runs: await runsOf(world, `u${i}`),
    };
  }
  const { segments } = await world.insist<{ segments: { id: string; members: number }[] }>(
    'GET',
    '/v1/segments',
  );
  return { contacts, sizes: segments.map(({ id, members }) => `${id} ${members}`) };
};

const known = (consent: Contact['consent']) =>
  Object.entries(consent).map(([key, { given, at }]) => `${key} ${given} ${at}`);

const runsOf = async (world: AudienceWorld, name: string) =>
  (await world.timeline(name))
    .filter(({ kind, text }) => kind === 'run' && text.includes(' ended'))
    .map(({ journey, at, details }) => `${journey} ${JSON.stringify(details.ended?.how)} ${at}`)
    .sort();

test('10,000 events of 500 contacts, delivered twice and shuffled across contacts, come to the same as once in order', async () => {
  const calls = story();
  expect(calls.flat()).toHaveLength(10_000);
  const plain = await play(await openStory({}), [...calls, []]);
  const other = await openStory({ redeliver: { twice: true, shuffle: true } });
  const repeated = await play(other, disturbed(calls));
  expect(repeated).toEqual(plain);
  const runs = Object.values(plain.contacts).flatMap((contact) => contact.runs);
  const ways = [...new Set(runs.map((run) => run.split(' ').slice(0, 2).join(' ')))].sort();
  expect(ways).toEqual([
    'call "completed"',
    'call "exited"',
    'thank "completed"',
    'thank "exited"',
    'trial "completed"',
    'trial "goal"',
  ]);
}, 300_000);
