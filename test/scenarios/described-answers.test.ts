import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '#functions/api/describe-api/operations';
import type { Operation } from '#functions/api/describe-api/operations/operation';
import { schemas } from '#functions/api/describe-api/schemas';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

/** What the API answers is what `/v1/openapi.json` says: each status is named there, and each member. */

let stage: AudienceWorld;
beforeAll(async () => {
  stage = await openAudience();
});
afterAll(() => stage.close());

const asked = new Set<string>();
const literals = ({ path }: Operation): number => path.replace(/\{\w+\}/g, '').length;
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

const operationOf = (method: string, path: string): Operation => {
  const [found] = operations
    .filter((operation) => operation.method === method)
    .filter((operation) =>
      new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0]!),
    )
    .sort((a, b) => literals(b) - literals(a));
  if (!found) throw new Error(`${method} ${path} is not described`);
  return found;
};

interface Told {
  body?: unknown;
  headers?: Record<string, string>;
}
const ask = async (method: string, path: string, { body, headers }: Told = {}): Promise<never> => {
  const operation = operationOf(method, path);
  const access: Record<string, string> =
    operation.access === 'public' || operation.access === 'writeKey'
      ? { authorization: `Basic ${btoa('wk_acme:')}` }
      : { authorization: `Bearer ${stage.world.adminToken}` };
  const { status, text } = await stage.world.http({
    ...{ method, path, headers: { ...access, ...headers } },
    ...(body === undefined ? {} : { body }),
  } as never);
  const told = operation.answers[status];
  expect.soft(told, `${method} ${path} ${status} ${text.slice(0, 300)}`).toBeDefined();
  asked.add(nameOf(operation));
  const isJson = told?.schema !== undefined && told.media === undefined;
  const answer = isJson ? JSON.parse(text) : undefined;
  // Members that the schema does not know are left out by it, and then missed.
  if (isJson)
    expect
      .soft(schemas[told.schema!].safeParse(answer).data, `${method} ${path} ${status}`)
      .toMatchObject(answer as object);
  return (answer ?? text) as never;
};
const json = (body: unknown): Told => ({ body, headers: { 'content-type': 'application/json' } });

const journey = {
  ...{ wayleaf: 1, id: 'hello', name: 'Hello' },
  enter: { on: [{ manual: true }], again: 'always' },
  steps: [
    { id: 'mail', type: 'email', template: 'hi' },
    { id: 'rest', type: 'wait', for: '2 days' },
    {
      id: 'call',
      type: 'task',
      team: 'sales',
      title: 'Call',
      outcomes: ['done'],
      atMost: '2 days',
      branches: [{ answer: 'done', steps: [] }],
    },
  ],
};
const template = {
  channel: 'email',
  subject: 'Hi',
  text: 'Hi {{ links.unsubscribe }} {{ brand.postalAddress }}',
};
const form = { name: 'Ask', fields: { email: { type: 'email', required: true } } };
const segment = { name: 'Pros', if: { contact: 'plan', is: 'pro' } };

test('documents', async () => {
  for (const [kind, document] of Object.entries({ templates: template, forms: form, segments: segment })) {
    const path = `/v1/${kind}/hi`;
    await ask('PUT', path, json(document));
    await ask('PUT', path, json(document));
    await ask('GET', path);
  }
  await ask('PUT', '/v1/partials/foot', json({ text: 'Bye' }));
  await ask('GET', '/v1/partials/foot');
  await ask('DELETE', '/v1/partials/foot');
  await ask('PUT', '/v1/layouts/frame', json({ text: '{% block content %}{% endblock %}' }));
  await ask('GET', '/v1/layouts/frame');
  await ask('DELETE', '/v1/layouts/frame');
  await ask('DELETE', '/v1/forms/hi');
  await ask('PUT', '/v1/secrets/turnstile', json({ value: 'x' }));
  await ask('DELETE', '/v1/secrets/turnstile');
});

test('doors of a website', async () => {
  const headers = { 'content-type': 'application/json' };
  await ask('GET', '/health');
  await ask('GET', '/v1/openapi.json');
  await ask('GET', '/v1/wayleaf.js');
  await ask('GET', '/v1/projects/wk_acme/settings');
  await ask('POST', '/v1/identify', {
    headers,
    body: { userId: 'ada', traits: { email: 'ada@example.com', plan: 'pro', consent: ['email'] } },
  });
  await ask('POST', '/v1/identify', {
    headers,
    body: { userId: 'bob', traits: { email: 'bob@example.com' } },
  });
  await ask('POST', '/v1/track', { headers, body: { userId: 'ada', event: 'Signed Up' } });
  await ask('POST', '/v1/page', { headers, body: { userId: 'ada', name: 'Home' } });
  await ask('POST', '/v1/screen', { headers, body: { userId: 'ada', name: 'Home' } });
  await ask('POST', '/v1/group', { headers, body: { userId: 'ada', groupId: 'g' } });
  await ask('POST', '/v1/alias', { headers, body: { userId: 'ada', previousId: 'a1' } });
  const batch = [{ type: 'track', userId: 'ada', event: 'A' }, { type: 'trak' }];
  await ask('POST', '/v1/batch', { headers, body: { batch } });
  await ask('POST', '/v1/forms/newsletter', { headers, body: { email: 'eva@example.com', extra: 1 } });
  await stage.advance('5 minutes');
});

test('journeys and segments', async () => {
  await ask('POST', '/v1/journeys/check', json(journey));
  await ask(
    'POST',
    '/v1/journeys/simulate',
    json({ document: journey, contact: { email: 'x@example.com' } }),
  );
  await ask('PUT', '/v1/journeys/hello', json(journey));
  for (const verb of ['publish', 'pause', 'resume']) await ask('POST', `/v1/journeys/hello/${verb}`);
  await ask('GET', '/v1/journeys');
  await ask('GET', '/v1/journeys/hello');
  await ask('GET', '/v1/journeys/hello/versions/1');
  await ask('GET', '/v1/journeys/hello/versions/1/asl');
  await ask('GET', '/v1/journeys/hello/versions/1/picture.svg');
  await ask('POST', '/v1/journeys/hello/enroll', json({ contact: 'ada@example.com' }));
  const enrolment = await ask('POST', '/v1/journeys/hello/enroll', json({ segment: 'hi' }));
  await ask('GET', `/v1/enrolments/${(enrolment as { id: string }).id}`);
  await ask('GET', '/v1/enrolments');
  await ask('POST', `/v1/enrolments/${(enrolment as { id: string }).id}/stop`);
  await stage.advance('3 days');
  await ask('GET', '/v1/segments');
  await ask('GET', '/v1/segments/hi/count');
  await ask('GET', '/v1/segments/hi/members');
  await ask('GET', '/v1/journeys/hello/report');
  await ask('POST', '/v1/journeys/hello/archive');
  await ask('POST', '/v1/templates/hi/preview', json({ contact: 'ada@example.com' }));
  await ask('POST', '/v1/templates/hi/test', json({ to: 'ops@acme.example' }));
  await ask('DELETE', '/v1/segments/hi');
});

test('contacts', async () => {
  const { id } = (await ask('GET', '/v1/contacts?email=ada@example.com')) as { id: string };
  const bob = (await ask('GET', '/v1/contacts?userId=bob')) as { id: string };
  await ask('GET', `/v1/contacts/${id}`);
  await ask('PATCH', `/v1/contacts/${id}`, json({ set: { firstName: 'Ada' }, addTags: ['x'] }));
  await ask('GET', `/v1/contacts/${id}/consent`);
  await ask('GET', `/v1/contacts/${id}/timeline`);
  await ask('GET', `/v1/contacts/${id}/export`);
  await ask('POST', `/v1/contacts/${id}/merge`, json({ contact: bob.id }));
  await ask('DELETE', `/v1/contacts/${id}`);
  const file = { headers: { 'content-type': 'text/csv' }, body: 'email,Colour\nida@example.com,red\n' };
  const one = (await ask('POST', '/v1/contacts/import', file)) as { id: string };
  await ask('GET', `/v1/imports/${one.id}`);
  await ask('POST', `/v1/imports/${one.id}/continue`);
  await ask('GET', `/v1/imports/${one.id}/result`);
  await ask('GET', '/v1/contacts/export');
  await ask('GET', '/v1/keys');
  await ask('POST', '/v1/keys/rotate', json({}));
});

test('who may enter, and who did what', async () => {
  await ask('GET', '/v1/me');
  const { id } = (await ask('POST', '/v1/tokens', json({ name: 'x', role: 'viewer' }))) as { id: string };
  await ask('POST', `/v1/tokens/${id}/rotate`, json({}));
  await ask('GET', '/v1/tokens');
  await ask('DELETE', `/v1/tokens/${id}`);
  await ask('GET', '/v1/audit');
});

test('figures, and how the client is', async () => {
  const reports = ['overview', 'journeys', 'kpis', 'templates', 'segments', 'sources'];
  for (const name of [...reports, 'costs', 'mail', 'rebuild']) await ask('GET', `/v1/reports/${name}`);
  await ask('POST', '/v1/segments/estimate', json({ if: segment.if }));
  await ask('POST', '/v1/journeys/hello/forecast', json({ audience: 10, sample: 100 }));
  for (const name of ['status', 'client', 'sending', 'quarantine', 'templates', 'forms', 'tasks'])
    await ask('GET', `/v1/${name}`);
  await ask('POST', '/v1/sending/pause', json({}));
  await ask('POST', '/v1/sending/resume', json({}));
  await ask('POST', '/v1/reports/rebuild');
  await ask('POST', '/v1/replay');
});

/** Told by their own tests, with a token, a part or a task of their own; the short names of Segment's calls. */
const elsewhere =
  /^\w+ \/(?:[a-z]+\/\{token\}|v1\/[a-z]$|v1\/import$|v1\/devices|v1\/tasks\/|v1\/imports\/\{id\}\/parts|v1\/templates\/\{id\}$|v1\/quarantine\/|v1\/messages\/\{id\}$|v1\/reports\/(?:costs|mail)$)/;

test('no route is left out', () => {
  const left = operations.map(nameOf).filter((name) => !asked.has(name) && !elsewhere.test(name));
  expect(left).toEqual([]);
});
