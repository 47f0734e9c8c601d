import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { destination, foreignToken, openStage, type Route, routes, type Stage } from './world.ts';

let stage: Stage;
let sendId: string;
beforeAll(async () => {
  stage = await openStage();
  sendId = (await stage.world.outbox()).find(({ channel }) => channel === 'email')?.sendId ?? '';
});
afterAll(() => stage.close());

const flipped = (token: string, at: number): string =>
  `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
const seal = (token: string): string => token.slice(token.indexOf('.') + 1);

/** Every way of being wrong. */
const damages: Readonly<Record<string, (token: string, route: Route) => string>> = {
  'a letter of its text flipped': (token) => flipped(token, Math.floor(token.length * 0.7)),
  'a letter of its signature flipped': (token) => flipped(token, token.indexOf('.') + 5),
  'the last letter cut off': (token) => token.slice(0, -1),
  'half of it cut off': (token) => token.slice(0, Math.floor(token.length / 2)),
  'one letter more': (token) => `${token}A`,
  'itself twice': (token) => `${token}${token}`,
  'the key of another client': (_token, route) => foreignToken(route, sendId),
  'a key that never was': (token) => `k9.${seal(token)}`,
  'no key': (token) => `.${seal(token)}`,
  'another purpose': (_token, route) => stage.tokens[route === 'u' ? 'p' : 'u'],
  'other capitals': (token) => `${token.slice(0, token.indexOf('.'))}.${seal(token).toLowerCase()}`,
  'another spelling of the same bytes': (token) => `${token}%3D`,
  'seven thousand letters': (token) => `${token.split('.')[0]}.${'A'.repeat(7_000)}`,
  'a line break and a header behind it': (token) => `${token}%0d%0aSet-Cookie:%20a=b`,
  'a NUL behind it': (token) => `${token}%00`,
  'a way to somewhere else before it': (token) => `..%2f..%2fv1%2fcontacts%2f${token}`,
  'nothing but a dot': () => '.',
};

const problem = {
  type: 'urn:problem:wayleaf:invalid-link',
  title: 'Invalid link',
  status: 404,
  code: 'invalid-link',
  detail: 'This link is not complete or no longer valid. Please copy it whole from the message.',
};
const methods: Readonly<Record<Route, readonly string[]>> = {
  ...{ c: ['GET', 'HEAD'], o: ['GET', 'HEAD'], u: ['GET', 'POST'], p: ['GET', 'POST'] },
  ...{ confirm: ['GET', 'POST'], t: ['GET', 'POST'] },
};
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a whole link is answered with; none of these changes anything but what is noted of clicks and opens. */
const works: Readonly<Record<Route, () => Promise<void>>> = {
  c: async () => {
    const { status, headers } = await stage.ask('GET', `/c/${stage.tokens.c}`);
    expect([status, headers.location]).toEqual([302, destination]);
  },
  o: async () => {
    const { status, headers, bytes } = await stage.ask('GET', `/o/${stage.tokens.o}`);
    expect([status, headers['content-type'], bytes.length]).toEqual([200, 'image/gif', 42]);
  },
  u: () => showsPage('u', 'Unsubscribe'),
  p: () => showsPage('p', 'Your preferences'),
  confirm: () => showsPage('confirm', 'Is this your address?'),
  t: () => showsPage('t', 'Is this the answer?'),
};
const showsPage = async (route: Route, title: string): Promise<void> => {
  const { status, text } = await stage.ask('GET', `/${route}/${stage.tokens[route]}`, {
    accept: 'text/html',
  });
  expect([status, /<h1>(.*?)<\/h1>/.exec(text)?.[1]]).toEqual([200, title]);
};

const unharmed = async (route: Route, method: string, token: string): Promise<void> => {
  await stage.world.drain();
  const before = await stage.everything();
  const answer = await stage.ask(
    method,
    `/${route}/${token}`,
    form,
    method === 'POST' ? 'scope=all' : undefined,
  );
  if (route === 'o') {
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/gif']);
  } else {
    const body = method === 'HEAD' ? undefined : answer.json();
    expect([answer.status, body]).toEqual([404, method === 'HEAD' ? undefined : problem]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  }
  expect(answer.headers).not.toHaveProperty('location');
  expect(answer.headers).not.toHaveProperty('set-cookie');
  await stage.world.drain();
  expect(await stage.everything()).toBe(before);
};

describe.each(routes)('a link /%s/', (route) => {
  test.each(Object.keys(damages))('with %s changes nothing, and the whole one works', async (name) => {
    const token = damages[name]!(stage.tokens[route], route);
    for (const method of methods[route]) await unharmed(route, method, token);
    await works[route]();
  });

  test('that is no text at all leads nowhere, and the whole one works', async () => {
    const { status, text } = await stage.ask('GET', `/${route}/%ff%fe%fd`);
    expect([status, JSON.parse(text).code]).toEqual([404, 'not-found']);
    await works[route]();
  });

  test('that is damaged gives people a page in their language', async () => {
    if (route === 'o') return works.o();
    const headers = { accept: 'text/html', 'accept-language': 'de' };
    const { status, text } = await stage.ask('GET', `/${route}/${stage.tokens[route].slice(0, -3)}`, headers);
    expect([status, text]).toEqual([404, expect.stringContaining('<html lang="de"')]);
    expect(text).not.toMatch(/<script|stack|\.ts/);
    await works[route]();
  });
});

describe('what is over', () => {
  let later: Stage;
  beforeAll(async () => {
    later = await openStage();
  });
  afterAll(() => later.close());
  const code = async (method: string, path: string): Promise<unknown> => {
    const { status, headers, text } = await later.ask(method, path, form);
    const isProblem = headers['content-type'] === 'application/problem+json';
    return isProblem ? `${status} ${JSON.parse(text).code}` : `${status}`;
  };
  const page = async (path: string): Promise<string> => {
    const { status, text } = await later.ask('GET', path, { accept: 'text/html' });
    return `${status} ${/<h1>(.*?)<\/h1>/.exec(text)?.[1]}`;
  };

  test('a confirmation and a task answer no more, and change nothing; other links go on', async () => {
    const { confirm, t, c, p, o, u } = later.tokens;
    await later.world.advance('8 days');
    const before = await later.everything();
    expect(await code('GET', `/confirm/${confirm}`)).toBe('410 link-expired');
    expect(await code('POST', `/confirm/${confirm}`)).toBe('410 link-expired');
    expect(await page(`/t/${t}`)).toBe('410 No answer is needed any more');
    expect(await code('POST', `/t/${t}`)).toBe('410');
    await later.world.drain();
    expect(await later.everything()).toBe(before);
    expect(
      await Promise.all([`/c/${c}`, `/p/${p}`, `/o/${o}`, `/u/${u}`].map((path) => code('GET', path))),
    ).toEqual(['302', '200', '200', '200']);
  });

  test('links of a key that leaked only unsubscribe; those of the new one work', async () => {
    const { c, o, u, p, confirm, t } = later.tokens;
    const rotated = await later.admin('POST', '/v1/keys/rotate', { oldFor: '400 days', leaked: true });
    expect(rotated.status).toBe(200);
    await later.world.advance('2 hours');
    const before = await later.everything();
    for (const path of [`/c/${c}`, `/p/${p}`, `/confirm/${confirm}`, `/t/${t}`])
      expect(await code('GET', path)).toBe('404 invalid-link');
    expect(await code('POST', `/p/${p}`)).toBe('404 invalid-link');
    expect(await code('GET', `/o/${o}`)).toBe('200');
    await later.world.drain();
    expect(await later.everything()).toBe(before);
    expect(await code('POST', `/u/${u}`)).toBe('200');
    await later.world.drain();
    expect(await later.everything()).not.toBe(before);
  });
});
