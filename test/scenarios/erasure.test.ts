import { afterEach, describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import { readPart } from '#store/catalogue/import-parts';
import { getImport } from '#store/catalogue/imports';
import { putEvent } from '#store/contacts/events';
import { catalogue, main } from '#store/keys';

/** Monday morning in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const ada = 'ada.canary@example.com';
const open = async (options: WorldOptions = {}) => {
  const world = await createWorld({ start, seed: 1, logLevel: 'error', ...options });
  worlds.push(world);
  const admin = { authorization: `Bearer ${world.adminToken}` };
  const ask = (
    method: 'GET' | 'DELETE' | 'PUT' | 'POST',
    path: string,
    headers: Record<string, string> = {},
    body?: object,
  ) => world.http({ method, path, headers: { ...admin, ...headers }, ...(body ? { body } : {}) });
  const request = async (more: Record<string, string> = {}): Promise<void> => {
    const body = { email: ada, firstName: 'Canaria', companySize: '80', consent: 'yes', ...more };
    const headers = { 'content-type': 'application/json' };
    expect((await world.http({ method: 'POST', path: '/v1/forms/demo-request', headers, body })).status).toBe(
      202,
    );
    await world.drain();
  };
  const find = () => ask('GET', `/v1/contacts?email=${ada}`);
  const idOf = async () => (await find()).json<{ id: string }>().id;
  const erase = async (id: string) => {
    const answer = await ask('DELETE', `/v1/contacts/${id}`);
    await world.drain();
    return answer;
  };
  const rowsOf = (id: string) => world.store.main.query({ pk: main.contactPk(id) });
  const unsubscribe = async () => {
    const raw = (await world.outbox()).findLast((m) => m.to === ada && m.headers?.['list-unsubscribe'])
      ?.headers?.['list-unsubscribe'];
    const path = new URL(/<(https?:[^>]+)>/.exec(String(raw))![1]!).pathname;
    return world.http({ method: 'POST', path, body: 'List-Unsubscribe=One-Click' });
  };
  return { world, ask, request, find, idOf, erase, rowsOf, unsubscribe };
};

/** An import of two parts, of which the first is there. */
const openImport = async ({ world, ask }: Awaited<ReturnType<typeof open>>, rows: string[]) => {
  const { id } = (await ask('POST', '/v1/contacts/import?parts=2')).json<{ id: string }>();
  const headers = { authorization: `Bearer ${world.adminToken}`, 'content-type': 'text/csv' };
  const part = async (number: number, lines: string[]) => {
    const body = ['E-Mail,user_id,phone,firstName', ...lines].join('\n');
    const path = `/v1/imports/${id}/parts/${number}`;
    expect((await world.http({ method: 'PUT', path, headers, body })).status).toBe(202);
  };
  await part(1, rows);
  const waiting = async (): Promise<string[][]> =>
    readPart(world.store, (await getImport(world.store, id))!, 1);
  const codes = async (): Promise<string[]> =>
    (await ask('GET', `/v1/imports/${id}/result`)).text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join(' '));
  const stored = () => world.store.catalogue.query({ pk: catalogue.importPk(id), prefix: 'P#' });
  return { id, part, waiting, codes, stored };
};
const bob = 'bob@example.com,u-2,,Bob';

describe('an erasure', () => {
  test('takes the rows of who is erased out of imports that wait, and no others', async () => {
    const all = await open();
    await all.request({ phone: '+4915112345678' });
    const rows = [
      'ADA.Canary@example.com,,,Ada',
      bob,
      ',,+49 1511 2345678,Ada',
      'cy@example.com,u-3,,Friend of Ada',
      `too,many,cells,${ada},here`,
    ];
    const { part, waiting, codes, stored } = await openImport(all, rows);
    expect((await all.erase(await all.idOf())).status).toBe(204);
    expect(await waiting()).toEqual([[], bob.split(','), [], rows[3]?.split(','), []]);
    expect(await stored()).toHaveLength(1);

    await part(1, rows);
    expect((await waiting())[0]).toEqual([]);
    await part(2, ['dan@example.com,,,Dan']);
    await all.world.advance('5 minutes');
    expect(await codes()).toEqual([
      '2 erased-meanwhile',
      '3 created',
      '4 erased-meanwhile',
      '5 created',
      '6 erased-meanwhile',
      '7 created',
    ]);
    expect((await all.find()).status).toBe(404);
    expect(await stored()).toEqual([]);
  });

  test('finds rows by the user id, and takes out again what a crash or a late write left', async () => {
    const all = await open();
    const { world } = all;
    const key = { authorization: `Basic ${btoa('wk_acme:')}` };
    const known = { userId: 'u-1', traits: { email: ada } };
    await world.http({ method: 'POST', path: '/v1/identify', headers: key, body: known });
    await world.drain();
    const { id, waiting, stored } = await openImport(all, [',u-1,,Ada', bob]);
    const [chunk] = await stored();
    const head = await world.store.catalogue.get(catalogue.import(id));
    const contact = await all.idOf();
    await all.erase(contact);
    expect(await waiting()).toEqual([[], bob.split(',')]);

    await world.store.catalogue.put({ ...catalogue.import(id), ...head });
    await world.store.catalogue.put(chunk as never);
    expect((await waiting())[0]).toEqual(['', 'u-1', '', 'Ada']);
    await world.advance('10 minutes');
    expect(await waiting()).toEqual([[], bob.split(',')]);
    expect(await world.store.main.get(main.erasure(contact))).not.toHaveProperty('users');
  });

  test('is not undone by a row that an import had read before', async () => {
    const all = await open();
    const { world } = all;
    await all.request();
    const { id, part, codes, stored } = await openImport(all, [`${ada},,,Ada`, bob]);
    const chunks = await stored();
    const head = await world.store.catalogue.get(catalogue.import(id));
    await world.advance('1 minute');
    await all.erase(await all.idOf());
    await world.store.catalogue.put({ ...catalogue.import(id), ...head });
    for (const chunk of chunks) await world.store.catalogue.put(chunk as never);
    await part(2, ['dan@example.com,,,Dan']);
    await world.advance('1 minute');
    expect(await codes()).toEqual(['2 erased-meanwhile', '3 created', '4 created']);
    expect((await all.find()).status).toBe(404);
  });

  test('leaves what comes in a part after it: that is given anew', async () => {
    const all = await open();
    await all.request();
    const { part, codes } = await openImport(all, [bob]);
    await all.erase(await all.idOf());
    await all.world.advance('1 minute');
    await part(2, [`${ada},,,Ada`]);
    await all.world.advance('10 minutes');
    expect(await codes()).toEqual(['2 created', '3 created']);
  });

  test('ends the runs, removes all that is known, and nothing leads to it any more', async () => {
    const { world, request, find, idOf, erase, rowsOf, ask } = await open();
    await request();
    await world.advance('1 hour');
    const id = await idOf();
    expect(world.executions().filter(({ status }) => status === 'RUNNING')).toHaveLength(1);

    expect((await erase(id)).status).toBe(204);
    expect((await find()).status).toBe(404);
    expect((await ask('GET', `/v1/contacts/${id}`)).status).toBe(404);
    expect((await ask('GET', `/v1/contacts/${id}/timeline`)).status).toBe(404);
    expect(await rowsOf(id)).toEqual([]);
    expect(world.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
    const mails = (await world.outbox()).length;
    await world.advance('30 days');
    expect(await world.outbox()).toHaveLength(mails);
    expect(await rowsOf(id)).toEqual([]);
    const left = await world.store.main.get(main.erasure(id));
    expect(left).toEqual({
      ...{ ...main.erasure(id), kind: 'erasure', contact: id, at: '2026-03-02T10:00:00.000Z' },
      addresses: { email: [expect.stringMatching(/^[\w-]{43}$/)] },
    });
  });

  test('is counted in the report as an end of the run', async () => {
    const { world, request, idOf, erase, ask } = await open();
    await request();
    await erase(await idOf());
    const report = (await ask('GET', '/v1/journeys/demo-follow-up/report')).text;
    expect(report).toContain('"erased":1');
    expect(world.quarantine()).toEqual([]);
  });

  test('asked for again answers the same, and of nobody 404', async () => {
    const { request, idOf, erase } = await open();
    await request();
    const id = await idOf();
    await erase(id);
    expect((await erase(id)).status).toBe(204);
    expect((await erase('nobody')).status).toBe(404);
  });

  test('refuses when the contact changed since it was read, where asked to', async () => {
    const { request, idOf, ask } = await open();
    await request();
    const answer = await ask('DELETE', `/v1/contacts/${await idOf()}`, { 'if-match': '"999"' });
    expect(answer.status).toBe(412);
  });

  test('leaves the address suppressed until its owner asks for mail again, and clicks', async () => {
    const { world, request, idOf, erase } = await open();
    await request();
    await erase(await idOf());
    await world.http({
      method: 'POST',
      path: '/v1/identify',
      headers: { authorization: `Basic ${btoa('wk_acme:')}` },
      body: { userId: 'list-17', traits: { email: ada, consent: ['email'] } },
    });
    await world.drain();
    const again = await world.store.main.get(main.profile(await idOf()));
    expect(again).toMatchObject({ suppressed: { email: { reason: 'unsubscribe' } }, consent: {} });
    await request();
    const asked = await world.store.main.get(main.profile(await idOf()));
    expect(asked).toMatchObject({ suppressed: { email: {} }, consent: { email: { pending: 'consent' } } });
    const { text } = (await world.outbox()).findLast((m) => m.to === ada)!;
    const path = new URL(/https?:\S+\/confirm\/\S+/.exec(text ?? '')![0]).pathname;
    await world.http({ method: 'POST', path });
    const confirmed = await world.store.main.get(main.profile(await idOf()));
    expect(confirmed).toMatchObject({ consent: { email: { given: true } } });
    expect(confirmed?.suppressed).toEqual({});
  });

  test('leaves links in old mails that still unsubscribe the address, whoever has it now', async () => {
    const { world, request, idOf, erase, unsubscribe } = await open();
    await request();
    await world.advance('1 hour');
    await erase(await idOf());
    await request({ firstName: 'Another' });
    expect((await unsubscribe()).status).toBe(200);
    const mails = (await world.outbox()).filter((m) => m.to === ada).length;
    await world.advance('30 days');
    expect((await world.outbox()).filter((m) => m.to === ada)).toHaveLength(mails);
  });

  test.each([
    ['removing', 'is asked for again', 'DeleteItem', 3],
    ['removing', 'is found by the sweep', 'DeleteItem', 3],
    ['telling the machine', 'is asked for again', 'SendTaskFailure', 0],
    ['telling the machine', 'is found by the sweep', 'SendTaskFailure', 0],
  ] as const)('that was cut off while %s %s', async (_, how, cutAt, after) => {
    let calls = 0;
    const intercept: WorldOptions['intercept'] = async ({ operation, caller }, next) => {
      if (caller === 'erase-contact' && operation === cutAt && ++calls > after)
        throw new Error('the process fell');
      return next();
    };
    const { world, request, find, idOf, erase, rowsOf } = await open({ intercept, logLevel: 'silent' });
    await request();
    const id = await idOf();
    expect((await erase(id)).status).toBe(500);
    expect((await find()).status).toBe(404);
    expect((await rowsOf(id)).length).toBeGreaterThan(0);

    calls = -1000;
    if (how === 'is asked for again') expect((await erase(id)).status).toBe(204);
    else await world.advance('15 minutes');
    expect(await rowsOf(id)).toEqual([]);
    expect(world.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  test('takes every identity, however many there are', async () => {
    const { world, find, idOf, erase } = await open();
    const identities = Array.from({ length: 45 }, (_, i) => ({ anonymousId: `browser-${i}` }));
    for (const identity of identities)
      await world.http({
        ...{ method: 'POST', path: '/v1/identify', headers: { authorization: `Basic ${btoa('wk_acme:')}` } },
        body: { ...identity, userId: 'ada', traits: { email: ada } },
      });
    await world.drain();
    expect((await erase(await idOf())).status).toBe(204);
    expect((await find()).status).toBe(404);
    const keys = identities.map(({ anonymousId }) => main.identity('anonymousId', anonymousId));
    expect(await world.store.main.getMany([...keys, main.identity('userId', 'ada')])).toEqual([]);
  });

  test('takes with it what comes late for the contact', async () => {
    const { world, request, idOf, erase, rowsOf } = await open();
    await request();
    const id = await idOf();
    await erase(id);
    const at = '2026-03-02T09:00:00.000Z';
    await putEvent(world.store, {
      ...({ id: 'late', contact: id, type: 'track', name: 'Order Completed', state: 'accepted' } as const),
      ...{ at, happenedAt: at, properties: { who: ada }, depth: 0 },
    });
    await world.drain();
    expect(await rowsOf(id)).toEqual([]);
  });
});

describe('retention', () => {
  test('events, messages and runs that are over are gone after the time that the client sets', async () => {
    const { world, request, idOf, rowsOf } = await open();
    await request();
    await world.advance('20 days');
    const id = await idOf();
    const kinds = async () => new Set((await rowsOf(id)).map(({ kind }) => kind));
    expect(await kinds()).toEqual(
      new Set(['profile', 'consent', 'caps', 'entry', 'membership', 'event', 'run', 'send', 'step']),
    );
    await world.advance('379 days');
    expect([...(await kinds())]).toEqual(expect.arrayContaining(['event', 'run', 'send', 'step']));
    await world.advance('22 days');
    expect(await kinds()).toEqual(new Set(['profile', 'consent', 'caps', 'entry', 'membership']));
    expect(world.quarantine()).toEqual([]);
  });

  test('a run that goes on keeps its own record however long it takes', async () => {
    const folder = readClientFolder('acme');
    const wait = { id: 'rest', type: 'wait', for: '200 days' };
    const document = {
      ...{ wayleaf: 1, id: 'slow', name: 'Slow', enter: { on: [{ form: 'demo-request' }] } },
      steps: [wait, { id: 'mark', type: 'update', addTags: ['late'] }],
    };
    const client = { ...(folder.client as object), retention: { events: '40 days', logs: 30 } };
    const { world, request, find, idOf, rowsOf, ask } = await open({
      client: { ...folder, client, journeys: {}, segments: {} },
    });
    await ask('PUT', '/v1/journeys/slow', {}, document);
    await ask('POST', '/v1/journeys/slow/publish');
    await request();
    await world.advance('100 days');
    const kinds = (await rowsOf(await idOf())).map(({ kind }) => kind);
    expect([kinds.includes('run'), kinds.includes('event')]).toEqual([true, false]);
    await world.advance('101 days');
    expect((await find()).json<{ tags: string[] }>().tags).toContain('late');
    await world.advance('60 days');
    expect((await rowsOf(await idOf())).map(({ kind }) => kind)).not.toContain('run');
  });
});
