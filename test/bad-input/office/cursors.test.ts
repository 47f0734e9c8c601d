import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from './world.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.ask('PUT', '/v1/segments/everybody', { body: { name: 'All', if: { consent: 'email' } } });
  const key = { authorization: `Basic ${btoa('wk_acme:')}` };
  for (let i = 0; i < 12; i++) {
    const body = { userId: `u${i}`, traits: { email: `u${i}@example.com`, consent: ['email'] } };
    await office.world.http({ method: 'POST', path: '/v1/identify', headers: key, body });
  }
  await office.world.advance('10 minutes');
});
afterAll(() => office.close());

/** Each list that has pages: its address, how a cursor is passed on, and where the first page tells it. */
const lists: Record<string, { path: string; as: string; next(text: string, link: string): string }> = {
  audit: { path: '/v1/audit?limit=1', as: 'cursor', next: (text) => JSON.parse(text).next },
  members: {
    path: '/v1/segments/everybody/members?limit=5',
    as: 'cursor',
    next: (text) => JSON.parse(text).next,
  },
  export: {
    ...{ path: '/v1/contacts/export?limit=5', as: 'after' },
    next: (_, link) => new URL(/<(.+)>/.exec(link)?.[1] ?? '', 'http://x').searchParams.get('after') ?? '',
  },
};
const names = Object.keys(lists);

const first = async (name: string): Promise<string> => {
  const list = lists[name];
  const answer = await office.ask('GET', list?.path ?? '');
  return list?.next(answer.text, String(answer.headers.link ?? '')) ?? '';
};
const ask = (name: string, cursor: string) => {
  const { path, as } = lists[name] ?? { path: '', as: '' };
  return office.ask('GET', `${path}&${as}=${encodeURIComponent(cursor)}`);
};
const flipped = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
const place = (text: string): string => Buffer.from(text).toString('base64url');

const damages: Record<string, (cursor: string) => string> = {
  'its first letter flipped': (cursor) => flipped(cursor, 0),
  'a letter in the middle flipped': (cursor) => flipped(cursor, Math.floor(cursor.length / 3)),
  'the last letter flipped': (cursor) => flipped(cursor, cursor.length - 1),
  'the last letter cut off': (cursor) => cursor.slice(0, -1),
  'no signature': (cursor) => cursor.slice(0, cursor.indexOf('.')),
  'a signature alone': (cursor) => cursor.slice(cursor.indexOf('.')),
  'another place under its signature': (cursor) => place('0.0000') + cursor.slice(cursor.indexOf('.')),
  'a place of our own making': () => `${place('0.')}.${'A'.repeat(22)}`,
  'what was a cursor before they were signed': () => place('2026-03-02T09:00:00.000Z#abc'),
  nothing: () => '',
  'a NUL': () => '\u0000',
  'itself twice': (cursor) => cursor + cursor,
  'nine thousand letters': () => 'A'.repeat(9_000),
  'a number': () => '7',
  'another spelling of the same bytes': (cursor) => cursor.replace('.', '=.'),
};

describe.each(names)('a page of %s', (name) => {
  test.each(Object.keys(damages))('is refused with %s, and the next one comes', async (damage) => {
    const cursor = await first(name);
    const refused = await ask(name, damages[damage]?.(cursor) ?? '');
    expect(refused.json()).toEqual({
      ...{ type: 'urn:problem:wayleaf:invalid-cursor', title: 'Invalid cursor', status: 400 },
      ...{ code: 'invalid-cursor', detail: 'Pass "next" of the page before as it is, or begin without.' },
    });
    expect((await ask(name, cursor)).status).toBe(200);
  });

  test('is refused with the cursor of another list', async () => {
    for (const other of names.filter((each) => each !== name))
      expect((await ask(name, await first(other))).status).toBe(400);
  });
});
