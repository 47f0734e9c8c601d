import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '#functions/api/describe-api/operations';
import type { Operation } from '#functions/api/describe-api/operations/operation';
import { schemas } from '#functions/api/describe-api/schemas';
import { iso } from '#kernel/clock';
import type { Act } from '#store/audit';
import { hashToken } from '#store/catalogue/tokens';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

/** What the API answers is what `/v1/openapi.json` says: each status is named there, and each member. */

const data = mkdtempSync(join(tmpdir(), 'described-'));
let stage: AudienceWorld;
beforeAll(async () => {
  stage = await openAudience({ data, clock: 'virtual', sync: 'off' });
});
afterAll(async () => {
  await stage?.close();
  rmSync(data, { recursive: true, force: true });
});

const asked = new Set<string>();
/** What was asked for with a token: who, what, when, and what came of it. */
const acts: string[] = [];
/** The tokens that were shown. */
const secrets: string[] = [];
const told = (actor: string, what: string, at: string, status: number | undefined): string =>
  `${at} ${actor} ${what} ${status}`;

const literals = ({ path }: Operation): number => path.replace(/\{\w+\}/g, '').length;
const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

const isOpen = ({ access }: Operation): boolean => access === 'public' || access === 'writeKey';

/** They only look, though they are asked by POST: all others that take a token are administrative acts. */
const looks = [
  ...['POST /v1/journeys/check', 'POST /v1/journeys/simulate', 'POST /v1/journeys/{id}/forecast'],
  ...['POST /v1/segments/estimate', 'POST /v1/imports/{id}/continue'],
];
const isAct = (operation: Operation): boolean =>
  !isOpen(operation) && operation.method !== 'GET' && !looks.includes(nameOf(operation));

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

interface Given {
  body?: unknown;
  headers?: Record<string, string>;
}
const ask = async (method: string, path: string, { body, headers }: Given = {}): Promise<never> => {
  const operation = operationOf(method, path);
  const access: Record<string, string> = isOpen(operation)
    ? { authorization: `Basic ${btoa('wk_acme:')}` }
    : { authorization: `Bearer ${stage.world.adminToken}` };
  const at = iso(stage.world.clock.now());
  const { status, text } = await stage.world.http({
    ...{ method, path, headers: { ...access, ...headers } },
    ...(body === undefined ? {} : { body }),
  } as never);
  const promised = operation.answers[status];
  expect.soft(promised, `${method} ${path} ${status} ${text.slice(0, 300)}`).toBeDefined();
  asked.add(nameOf(operation));
  if (isAct(operation)) acts.push(told('local admin', nameOf(operation), at, status));
  const isJson = promised?.schema !== undefined && promised.media === undefined;
  const answer = isJson ? JSON.parse(text) : undefined;
  if (promised?.schema === 'MadeToken') secrets.push((answer as { token: string }).token);
  // Members that the schema does not know are left out by it, and then missed.
  if (isJson)
    expect
      .soft(schemas[promised.schema!].safeParse(answer).data, `${method} ${path} ${status}`)
      .toMatchObject(answer as object);
  return (answer ?? text) as never;
};
const json = (body: unknown): Given => ({ body, headers: { 'content-type': 'application/json' } });

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

/** All that the audit tells of changes by people, page by page. */
const audited = async (): Promise<Act[]> => {
  const found: Act[] = [];
  for (let path: string | undefined = '/v1/audit?since=2026-01-01&limit=100'; path !== undefined; ) {
    const page = (await stage.insist('GET', path)) as { entries: Act[]; next: string | null };
    found.push(...page.entries);
    path = page.next === null ? undefined : `/v1/audit?since=2026-01-01&limit=100&cursor=${page.next}`;
  }
  return found.filter(({ what, actor }) => actor.id !== 'deployment' && !what.startsWith('GET '));
};

test('every administrative act is kept: who, what, when, and what came of it, once each; refused ones, too', async () => {
  const all = operations.filter(isAct);
  const asViewer = json({ name: 'Vera', role: 'viewer' });
  const viewer = (await ask('POST', '/v1/tokens', asViewer)) as { token: string; id: string };
  const by = async (actor: string, token: string, { method, path }: Operation): Promise<number> => {
    const at = iso(stage.world.clock.now());
    const { status } = await stage.world.http({
      ...{ method, path: path.replaceAll(/\{\w+\}/g, 'nobody'), body: {} },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    } as never);
    acts.push(told(actor, `${method} ${path}`, at, status));
    return status;
  };
  // What no test above asked is asked about nobody here: it is an act, whatever is answered.
  for (const one of all.filter((operation) => !asked.has(nameOf(operation))))
    await by('local admin', stage.world.adminToken, one);
  for (const one of all.filter(({ access }) => access !== 'viewer'))
    expect([nameOf(one), await by('Vera viewer', viewer.token, one)]).toEqual([nameOf(one), 403]);

  const kept = await audited();
  expect(
    kept.map(({ actor, what, at, status }) => told(`${actor.name} ${actor.role}`, what, at, status)).sort(),
  ).toEqual(acts.sort());
  expect(all.map(nameOf).filter((name) => !kept.some(({ what }) => what === name))).toEqual([]);
  expect(new Set(kept.map(({ actor }) => actor.id))).toEqual(new Set(['local', viewer.id]));
  for (const { subject, what } of kept) expect(subject, what).toBeTruthy();
});

test('nothing that is stored holds the text of a token; each stands there as its hash', () => {
  const files = readdirSync(data).filter((name) => name.startsWith('world.sqlite'));
  const stored = Buffer.concat(files.map((name) => readFileSync(join(data, name))));
  const shown = [...secrets, stage.world.adminToken];
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((secret) => stored.includes(secret))).toEqual([]);
  const live = [secrets.at(-1)!, stage.world.adminToken];
  expect(live.filter((secret) => !stored.includes(hashToken(secret)))).toEqual([]);
});
