import type { World } from '#infra/local/world';

const publicKey = { authorization: `Basic ${btoa('wk_acme:')}` };

/** As an administrator. */
export const call = async (world: World, method: string, path: string, body?: unknown) => {
  const reply = await world.http({
    ...{ method, path, headers: { authorization: `Bearer ${world.adminToken}` } },
    ...(body === undefined ? {} : { body: body as object }),
  });
  return { status: reply.status, json: (reply.text === '' ? {} : reply.json()) as Record<string, unknown> };
};

export const identify = (world: World, userId: string, traits: Record<string, unknown>) =>
  world.http({ method: 'POST', path: '/v1/identify', headers: publicKey, body: { userId, traits } });

export const batch = (world: World, calls: readonly object[]) =>
  world.http({ method: 'POST', path: '/v1/batch', headers: publicKey, body: { batch: calls } });

export const track = (world: World, userId: string, event: string) =>
  world.http({ method: 'POST', path: '/v1/track', headers: publicKey, body: { userId, event } });

const greetingJourney = {
  ...{ wayleaf: 1, id: 'greeting', name: 'Greeting', enter: { on: [{ form: 'demo-request' }] } },
  sending: { class: 'transactional' },
  steps: [{ id: 'hello', type: 'email', template: 'thank-you' }],
};

/** She asks for a demo, and is greeted by a mail at whatever time of day it is. */
export const enterAda = async (world: World): Promise<void> => {
  await call(world, 'PUT', '/v1/journeys/greeting', greetingJourney);
  await call(world, 'POST', '/v1/journeys/greeting/publish');
  const body = {
    ...{ email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', company: 'Engines' },
    consent: 'yes',
  };
  await world.http({ method: 'POST', path: '/v1/forms/demo-request', body });
  await world.drain();
};

export const askingJourney = {
  ...{ wayleaf: 1, id: 'asking', name: 'Ask for a call' },
  enter: { on: [{ event: 'Asked For A Call' }] },
  steps: [
    {
      ...{ id: 'call', type: 'task', team: 'sales', title: 'Call {{ contact.firstName }}' },
      ...{ script: 'Ask what it is about.', outcomes: ['reached', 'no answer'], atMost: '4 days' },
      branches: [{ answer: 'reached', steps: [] }],
      otherwise: { steps: [] },
    },
  ],
};
