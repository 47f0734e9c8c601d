import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler as manage } from '#functions/api/manage-tokens/handler';
import { record as manageRecord } from '#functions/api/manage-tokens/record';
import { keepAct, newAct } from '#store/audit';
import { adminToken, type Call, type FrontDoor, openFrontDoor, type Reply } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const headers = { authorization: `Bearer ${adminToken}` };
const dayMs = 86_400_000;

let door: FrontDoor;
let call: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
});
afterEach(() => door.close());

const ask = (query = ''): Promise<Reply> => call({ method: 'GET', path: '/v1/audit', query, headers });
const entries = async (query = '') => (await ask(query)).json.entries as Record<string, unknown>[];
const wait = (ms: number) => door.clock.advanceTo(door.clock.now() + ms, async () => {});
/** One a day, by turns of two actors, on three journeys. */
const fill = async (days: number) => {
  for (let i = 0; i < days; i++) {
    const actor = i % 2 ? 'ada' : 'bob';
    const what = 'POST /v1/journeys/{id}/publish';
    await keepAct(
      door.store,
      newAct(door.store, { actor: { id: actor, name: actor }, what, subject: `journeys/j${i % 3}` }),
    );
    await wait(dayMs);
  }
};
/** All pages, by their cursors. */
const walk = async (query: string) => {
  const found: Record<string, unknown>[] = [];
  for (let cursor: unknown = ''; cursor !== null; ) {
    const { json } = await ask(`${query}${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...(json.entries as Record<string, unknown>[]));
    cursor = json.next;
  }
  return found;
};

describe('the audit', () => {
  it('tells who made a token, under its id, with the status of the answer', async () => {
    const tokens = door.open({ record: manageRecord, createHandler: manage });
    const body = JSON.stringify({ name: 'x', role: 'viewer' });
    const { json } = await tokens({ method: 'POST', path: '/v1/tokens', headers, body });
    expect(await entries()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-z]{20}$/),
        at: '2026-03-01T09:00:00.000Z',
        actor: { id: 'test', name: 'test', role: 'admin' },
        what: 'POST /v1/tokens',
        subject: `tokens/${json.id}`,
        status: 201,
        request: 'request-1',
      },
    ]);
  });

  it('is read newest first, over months, page by page', async () => {
    await fill(70);
    const all = await walk('since=2026-01-01&limit=7');
    expect(all).toHaveLength(70);
    const times = all.map(({ at }) => String(at));
    expect(times).toEqual([...new Set(times)].sort().reverse());
  });

  it('is found by actor, by subject, and by both', async () => {
    await fill(60);
    const count = async (query: string) => (await walk(`since=2026-01-01&limit=4&${query}`)).length;
    expect(await count('actor=ada')).toBe(30);
    expect(await count('subject=journeys/j0')).toBe(20);
    expect(await count('subject=journeys/j0&actor=ada')).toBe(10);
    expect(await count('subject=journeys/j')).toBe(0);
  });

  it('is the last month, unless it is asked for more', async () => {
    await fill(40);
    expect(await entries()).toHaveLength(31);
    expect(await entries('since=2026-03-02&until=2026-03-04T23:00:00Z')).toHaveLength(3);
    expect(await entries('since=2026-03-04&until=2026-03-02')).toEqual([]);
    expect((await ask('since=0001-01-01&until=9999-12-31')).status).toBe(200);
  });

  it('goes on behind a page although something happens meanwhile', async () => {
    await fill(4);
    const { json } = await ask('limit=2');
    await fill(3);
    const rest = await entries(`limit=100&cursor=${json.next}`);
    expect(rest.map(({ at }) => at)).toEqual(['2026-03-02T09:00:00.000Z', '2026-03-01T09:00:00.000Z']);
  });

  it('ends when its retention does', async () => {
    await fill(1);
    const [item] = await door.store.audit.query({ pk: 'ACT#2026-03' });
    expect(item?.expiresAt).toBe(Date.parse('2028-02-29T09:00:00Z') / 1000);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'since=yesterday',
    'until=',
    'actor=',
    `subject=${'x'.repeat(201)}`,
  ])('refuses ?%s', async (query) => {
    expect(await ask(query)).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
  });
});

describe('a cursor', () => {
  it('is refused with any letter changed, cut or added, and with that of another list', async () => {
    await fill(4);
    const next = String((await ask('limit=2')).json.next);
    const edited = [...next].map(
      (letter, i) => `${next.slice(0, i)}${letter === 'A' ? 'B' : 'A'}${next.slice(i + 1)}`,
    );
    for (const cursor of [...edited, next.slice(1), next.slice(0, -1), `${next}A`, '', 'x', '%00', '..'])
      expect(await ask(`limit=2&cursor=${cursor}`), cursor).toMatchObject({
        status: 400,
        json: { code: 'invalid-cursor' },
      });
    expect((await ask(`limit=2&actor=ada&cursor=${next}`)).status).toBe(400);
    expect((await ask(`limit=2&cursor=${next}`)).status).toBe(200);
  });
});
