import { createHash } from 'node:crypto';
import { type LinkPurpose, signLink } from '#channels/links';
import { type ClientFolder, readClientFolder } from '#infra/client-folder';
import type { HttpReply } from '#infra/local/browse';
import { createWorld, type World } from '#infra/local/world';

/** Where links in messages lead, by the first part of their path. */
export const routes = ['c', 'o', 'u', 'p', 'confirm', 't'] as const;
export type Route = (typeof routes)[number];

/** Monday, ten o'clock in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');
export const destination = 'https://www.acme.example/trial?a=1';

const folder = (): ClientFolder => ({
  ...readClientFolder('acme'),
  journeys: {},
  segments: {},
  templates: {
    hello: {
      channel: 'email',
      subject: "Hello {{ contact.firstName | default: 'you' }}",
      html: `<html><body><p>Hi {{ contact.firstName | default: 'you' }}</p><a href="${destination}">Try</a> <a href="{{ links.unsubscribe }}">Out</a> <a href="{{ links.preferences }}">Choose</a></body></html>`,
      text: 'Hi',
    },
  },
  forms: {
    news: {
      ...{
        name: 'News',
        fields: { email: { type: 'email', required: true } },
        doubleOptIn: { validFor: '7 days' },
      },
      consent: { field: 'consent', value: 'yes', channel: 'email', text: 'Write to me.' },
    },
  },
});

const welcome = {
  ...{ wayleaf: 1, id: 'welcome', name: 'Welcome', enter: { on: [{ event: 'Signed Up' }], again: 'always' } },
  steps: [
    { id: 'hello', type: 'email', template: 'hello' },
    {
      ...{ id: 'call', type: 'task', team: 'sales', title: 'Call', outcomes: ['reached'], atMost: '4 days' },
      branches: [{ answer: 'reached', steps: [] }],
      otherwise: { steps: [] },
    },
  ],
};

export interface Stage {
  world: World;
  /** The token of each link that was sent to somebody. */
  tokens: Readonly<Record<Route, string>>;
  /** The contact that all of them are about but `confirm`. */
  contact: string;
  ask(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<HttpReply>;
  admin<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: T }>;
  /** Everything stored of everybody: what a refused request must not have changed. */
  everything(): Promise<string>;
  close(): Promise<void>;
}

/** A world in which every kind of link was sent. */
export const openStage = async (): Promise<Stage> => {
  const world = await createWorld({ client: folder(), start, seed: 1, logLevel: 'error', sync: 'off' });
  const ask: Stage['ask'] = (method, path, headers = {}, body) =>
    world.http({ method, path, headers, ...(body === undefined ? {} : { body }) });
  const admin: Stage['admin'] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${world.adminToken}` };
    const answer = await world.http({
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
    } as never);
    return { status: answer.status, json: answer.text === '' ? ({} as never) : answer.json() };
  };
  await admin('PUT', '/v1/journeys/welcome', welcome);
  await admin('POST', '/v1/journeys/welcome/publish');
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  const post = (path: string, body: object) =>
    world.http({ method: 'POST', path, headers: key, body } as never);
  await post('/v1/identify', { userId: 'ada', traits: { email: 'ada@example.com', consent: ['email'] } });
  await post('/v1/track', { userId: 'ada', event: 'Signed Up' });
  await post('/v1/forms/news', { email: 'bob@example.com', consent: 'yes' });
  await world.advance('1 minute');
  const { json } = await admin<{ id: string }>('GET', '/v1/contacts?userId=ada');
  return {
    ...{ world, ask, admin, contact: json.id, tokens: await tokensIn(world) },
    everything: () => digest(world),
    close: () => world.close(),
  };
};

const tokensIn = async (world: World): Promise<Record<Route, string>> => {
  const all = (await world.outbox()).map(({ html = '', text = '' }) => `${html} ${text}`).join(' ');
  const found = routes.map((route) => {
    const token = new RegExp(`/${route}/([A-Za-z0-9]+\\.[A-Za-z0-9_-]+)`).exec(all)?.[1];
    if (token === undefined) throw new Error(`no message holds a link /${route}/`);
    return [route, token] as const;
  });
  return Object.fromEntries(found) as Record<Route, string>;
};

const digest = async ({ services, settings }: World): Promise<string> => {
  const hash = createHash('sha256');
  let ExclusiveStartKey: unknown;
  do {
    const page = (await services.dynamodb('Scan', {
      TableName: settings.mainTable,
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    })) as { Items: unknown[]; LastEvaluatedKey?: unknown };
    hash.update(JSON.stringify(page.Items));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return hash.digest('hex');
};

const purposes: Readonly<Record<Route, LinkPurpose>> = {
  ...{ c: 'click', o: 'open', u: 'unsubscribe', p: 'preferences', confirm: 'confirm', t: 'task' },
};

/** A link of the same kind, to the same message, by the key of another client that has the same name. */
export const foreignToken = (route: Route, sendId: string): string =>
  signLink({ current: 'k1', byKid: { k1: new Uint8Array(32).fill(9) } }, purposes[route], {
    ...{ sendId, channel: 'email', madeAt: start },
    ...(route === 'c' ? { url: 'https://evil.example/' } : {}),
  });
