import { readClientFolder } from '#infra/client-folder';
import type { World } from '#infra/local/world';

export const start = Date.parse('2026-03-02T09:00:00Z');
/** Step Functions forgets an execution 90 days after its end. */
const whileKnown = '30 days';
const afterwards = '90 days';

/** The sample client, with a journey that does a little of everything. */
export const folderOfRelease = () => {
  const folder = readClientFolder('acme');
  return { ...folder, journeys: { ...folder.journeys, flight: JSON.stringify(flight) } };
};

const mail = (id: string) => ({ id, type: 'email', template: 'thank-you' });
const flight = {
  wayleaf: 1,
  id: 'flight',
  name: 'Runs in flight',
  enter: { on: [{ event: 'Signed Up' }], again: 'always' },
  sending: { cap: { email: { atMost: 100, per: '1 day' } } },
  goal: { on: { event: 'Order Completed' }, within: '60 days', exit: true },
  steps: [
    mail('first'),
    {
      id: 'reaction',
      type: 'waitFor',
      branches: [
        { answer: 'Clicked', on: { message: 'first', was: 'clicked' }, steps: [mail('thanks')] },
        {
          answer: 'Came back',
          on: { event: 'Signed In' },
          steps: [{ id: 'tag', type: 'update', addTags: ['back'] }],
        },
      ],
      atMost: '3 days',
      otherwise: { steps: [mail('nudge')] },
    },
    { id: 'rest', type: 'wait', for: '2 days' },
    {
      id: 'warm',
      type: 'decide',
      question: 'Warm?',
      branches: [{ answer: 'Warm', if: { tag: 'back' }, steps: [{ id: 'note', type: 'sms', text: 'Hi' }] }],
      otherwise: { steps: [mail('last')] },
    },
  ],
};

const people = ['ada', 'bob', 'cem', 'dee', 'eve', 'fay'];

const post = async (world: World, path: string, body: object): Promise<void> => {
  const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
  const { status } = await world.http({ method: 'POST', path, headers, body });
  if (status >= 300) throw new Error(`${path} ${status}`);
};

/** Six people on their way, each somewhere else. */
export const playBefore = async (world: World): Promise<void> => {
  for (const [i, userId] of people.entries()) {
    const traits = {
      email: `${userId}@example.com`,
      phone: `+49151123456${10 + i}`,
      consent: ['email', 'sms'],
    };
    await post(world, '/v1/identify', { userId, traits });
    await post(world, '/v1/track', { userId, event: 'Signed Up', messageId: `signed-up-${userId}` });
    await world.advance('4 hours');
  }
  await click(world, 'bob');
  await post(world, '/v1/track', { userId: 'cem', event: 'Signed In' });
  await world.advance('6 hours');
};

const click = async (world: World, who: string): Promise<void> => {
  const sent = (await world.outbox()).find(({ to }) => to === `${who}@example.com`);
  await world.feedback({ sendId: sent!.sendId!, type: 'click' });
};

/**
 * What happens after the exchange.
 * @param look is called when all runs have ended, and Step Functions still knows of them
 */
export const playAfter = async (world: World, look?: () => Promise<void>): Promise<void> => {
  await click(world, 'dee');
  await post(world, '/v1/track', { userId: 'eve', event: 'Order Completed' });
  await world.advance('1 day');
  await post(world, '/v1/track', { userId: 'fay', event: 'Signed In' });
  await world.advance(whileKnown);
  await look?.();
  await world.advance(afterwards);
};

/** What became of everybody, in words that no release changes. */
export const outcomeOf = async (world: World) => {
  const messages = (await world.outbox())
    .map(({ at, channel, to, sendId }) => ({ at, channel, to, sendId }))
    .sort((a, b) => `${a.at} ${a.to}`.localeCompare(`${b.at} ${b.to}`));
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const people_ = await Promise.all(
    people.map(async (who) => {
      const { json } = await world.http({ path: `/v1/contacts?userId=${who}`, headers });
      return json<{ id: string; tags?: string[]; fields: object }>();
    }),
  );
  const answers = await Promise.all(
    people_.map(({ id }) => world.http({ path: `/v1/contacts/${id}/timeline`, headers })),
  );
  const ends = answers.map((answer) =>
    answer
      .json<{ entries: { at: string; details: { ended?: { how: string } } }[] }>()
      .entries.flatMap(({ at, details: { ended } }) => (ended ? [`${at} ${ended.how}`] : [])),
  );
  return {
    messages,
    people: people_.map(({ tags = [] }, i) => ({ who: people[i], tags, ends: ends[i] })),
  };
};
