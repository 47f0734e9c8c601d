import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import { happeningSchema } from '#model/happening';
import { liveJudged } from './reports/judged.ts';
import { type Description, type Offered, offeredIn } from './reports/offered.ts';
import { offersJourney } from './reports/offers.ts';
import {
  cellsOf,
  differencesOf,
  figuresIn,
  numbersIn,
  printed,
  sentencesMissing,
  tablesIn,
} from './reports/printed.ts';
import { shownSuggestions, shownTable, tableIn } from './reports/shown.ts';

/** What a manager sees, and what other systems are told, of the same people. */

const data = mkdtempSync(join(tmpdir(), 'wayleaf-reports-'));
let world: World;

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const reply = await world.http({
    ...{ method, path, ...(body === undefined ? {} : { body }) },
    headers: { authorization: `Bearer ${world.adminToken}`, ...headers },
  } as never);
  return reply as unknown as { status: number; headers: Record<string, string>; text: string };
};
const textOf = ({ text }: { text: string }): string => text;
const get = async <T>(path: string): Promise<T> => {
  const reply = await ask('GET', path);
  expect([path, reply.status, reply.status === 200 ? '' : textOf(reply)]).toEqual([path, 200, '']);
  return JSON.parse(textOf(reply)) as T;
};

const track = (userId: string, event: string, properties: object = {}) => ({
  ...{ type: 'track', userId, event, properties },
  context: { campaign: { source: 'Spring-Mail', name: 'may' } },
});

beforeAll(async () => {
  const folder = readClientFolder('acme');
  const client = {
    ...(folder.client as object),
    eventsOut: { on: true },
    quietHours: undefined,
    reports: { mail: { to: ['boss@acme.example'], day: 'monday', at: '08:00' } },
  };
  world = await createWorld({
    ...{ data, clock: 'virtual', start: Date.parse('2026-03-03T09:00:00Z') },
    client: { ...folder, client, journeys: {}, segments: {} },
  });
  await ask('PUT', '/v1/journeys/offers', offersJourney);
  const published = await ask('POST', '/v1/journeys/offers/publish');
  expect([published.status, published.status < 300 ? '' : textOf(published)]).toEqual([200, '']);
  const people = Array.from({ length: 24 }, (_, i) => `u${i}`);
  const batch = [
    ...people.map((userId) => ({
      ...{ type: 'identify', userId, traits: { email: `${userId}@canary.example`, firstName: 'Canary' } },
      context: { campaign: { source: 'Spring-Mail', name: 'may' } },
    })),
    ...people.map((userId) => track(userId, 'Asked')),
  ];
  await ask('POST', '/v1/batch', { batch, writeKey: 'wk_acme' });
  await world.advance('1 hour');
  const orders = people
    .slice(0, 12)
    .map((userId, i) => track(userId, 'Order Completed', { revenue: 10 + i }));
  await ask('POST', '/v1/batch', { batch: orders, writeKey: 'wk_acme' });
  await world.advance('3 days');
}, 60_000);
afterAll(async () => {
  await world.close();
  rmSync(data, { recursive: true });
});

test('the overview, key figures and sources say what was posted', async () => {
  const overview = await get<{
    totals: { leads: number; orders: number; revenue: number; messages: { sent: number } };
  }>('/v1/reports/overview');
  expect(overview.totals).toMatchObject({
    leads: 24,
    entered: 24,
    conversions: 12,
    orders: 12,
    revenue: 186,
  });
  expect(overview.totals.messages.sent).toBe(24);
  await ask('PUT', '/v1/reports/costs', {
    costs: [{ month: '2026-03', source: 'spring-mail', amount: 310 }],
  });
  const { sources, campaigns } = await get<{ sources: object[]; campaigns: object[] }>(
    '/v1/reports/sources?from=2026-03-01&to=2026-03-31',
  );
  expect(sources).toMatchObject([
    { source: 'spring-mail', leads: 24, entered: 24, conversions: 12, cost: 310, costPerConversion: 25.8333 },
  ]);
  expect(campaigns).toMatchObject([{ source: 'spring-mail / may', conversions: 12 }]);
  const { kpis } = await get<{
    kpis: { id: string; value: number | null; note?: string; formula: string }[];
  }>('/v1/reports/kpis');
  const of = (id: string) => kpis.find((kpi) => kpi.id === id)!;
  expect(of('conversion-rate')).toMatchObject({ value: 0.5, basis: { 'runs begun': 24 } });
  expect(of('average-revenue')).toMatchObject({ value: 15.5 });
  expect(of('churn')).toMatchObject({ value: null, note: expect.stringContaining('Not enough data') });
  expect(kpis.every(({ formula }) => formula.length > 5)).toBe(true);
});

test('tables come as CSV without formulas, plots as SVG that run nothing', async () => {
  const csv = await ask('GET', '/v1/journeys/offers/report?table=answers', undefined, { accept: 'text/csv' });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(textOf(csv)).toContain(`"'=HYPERLINK(""`);
  expect(textOf(csv)).not.toMatch(/(^|,)"?=/m);
  for (const path of [
    '/v1/reports/overview?format=svg',
    '/v1/journeys/offers/report?format=svg&plot=branches',
    '/v1/reports/kpis?format=svg&plot=lifetime',
  ]) {
    const svg = await ask('GET', path);
    expect(svg.headers['content-security-policy']).toContain("default-src 'none'");
    expect(textOf(svg)).toMatch(/^<svg .*role="img".*<\/svg>\s*$/s);
    expect(textOf(svg)).toContain('prefers-color-scheme:dark');
    expect(textOf(svg)).not.toContain('<script');
  }
});

const offered = async (journey = 'offers'): Promise<Offered[]> =>
  offeredIn(await get<Description>('/v1/openapi.json'), journey);

/** Of these tables the terminal makes sentences. */
const toldInWords = ['kpis', 'definitions', 'suggestions'];

test('every table comes as CSV and every plot as SVG, and a share in them never alone', async () => {
  const all = await offered();
  expect(all.map(({ path }) => path).sort()).toEqual(
    [
      '/v1/journeys/offers/report',
      ...['journeys', 'kpis', 'overview', 'segments', 'sources', 'templates'].map(
        (of) => `/v1/reports/${of}`,
      ),
    ].sort(),
  );
  for (const { path, tables, plots } of all) {
    const unknown = textOf(await ask('GET', `${path}?format=csv&table=none`));
    expect([path, unknown]).toEqual([path, expect.stringContaining(`one of ${tables.join(', ')}.`)]);
    for (const name of tables) {
      const [head = ''] = textOf(await ask('GET', `${path}?format=csv&table=${name}`)).split(/\r?\n/);
      const columns = head.split(',');
      for (const column of columns.filter((each) =>
        / (?:rate|share)$|^(?:share|retention|churn|rate)$/.test(each),
      ))
        expect([name, columns]).toEqual([name, expect.arrayContaining([`${column} low`, `${column} high`])]);
      expect(columns.length, `${path} ${name}`).toBeGreaterThan(1);
    }
    const noPlot = await ask('GET', `${path}?format=svg&plot=none`);
    if (plots.length === 0) expect([path, noPlot.status]).toEqual([path, 406]);
    else expect(textOf(noPlot)).toContain(`one of ${plots.join(', ')}.`);
    for (const name of plots)
      expect(textOf(await ask('GET', `${path}?format=svg&plot=${name}`))).toMatch(/^<svg .*<\/svg>\s*$/s);
  }
  const branches = textOf(await ask('GET', '/v1/journeys/offers/report?format=svg&plot=branches'));
  expect(branches).toMatch(/\d % \([\d.]+ % to [\d.]+ %\) of \d+; best with probability/);
  expect(branches).toMatch(/drawn by lot; (?:\d+ more runs per arm|enough runs|no difference)/);
});

test('refuses ranges that are none, and tables that there are not', async () => {
  for (const query of [
    'from=2026-02-30',
    'from=2026-03-02&to=2026-03-01',
    'from=1999-01-01&to=2026-01-01',
    'format=pdf',
    'format=csv&table=__proto__',
  ])
    expect([query, (await ask('GET', `/v1/reports/overview?${query}`)).status]).toEqual([query, 400]);
});

test('a report has evidence, and says what is no proof', async () => {
  const report = await get<{
    steps: { id: string; evidence?: { isRandom: boolean; arms: { chanceToBeBest: number }[] } }[];
  }>('/v1/journeys/offers/report');
  const evidence = report.steps.find(({ id }) => id === 'test')!.evidence!;
  expect(evidence.isRandom).toBe(true);
  expect(evidence.arms.reduce((sum, { chanceToBeBest }) => sum + chanceToBeBest, 0)).toBeCloseTo(1, 6);
});

test('the week is mailed on Monday at eight, once to each', async () => {
  await ask('PUT', '/v1/reports/mail', { to: ['cfo@acme.example', 'Boss@acme.example'] });
  await world.advance('14 days');
  const mails = (await world.outbox()).filter(({ to }) => /boss|cfo/i.test(String(to)));
  expect(mails.map(({ to, at }) => `${to} ${at}`).sort()).toEqual([
    ...['boss@acme.example 2026-03-09T07:00:00.000Z', 'boss@acme.example 2026-03-16T07:00:00.000Z'],
    ...['cfo@acme.example 2026-03-09T07:00:00.000Z', 'cfo@acme.example 2026-03-16T07:00:00.000Z'],
  ]);
  expect(mails[0]!.text).toContain('Goals reached');
  // A split with its interval, its probability and what is still needed; no share stands alone.
  expect(mails[0]!.text).toMatch(/offers, test +(?:\d+ more runs per arm|enough runs|no difference)/);
  expect(mails[0]!.text).toMatch(/– b +[\d.]+ % \([\d.]+ % to [\d.]+ %\) of \d+; best with probability/);
  expect(mails[0]!.text).not.toContain('canary');
}, 30_000);

test('counted anew, the figures are the same', async () => {
  const before = await get('/v1/reports/overview?from=2026-03-01&to=2026-03-10');
  expect((await ask('POST', '/v1/reports/rebuild')).status).toBe(202);
  await world.advance('2 days');
  expect(await get('/v1/reports/rebuild')).toMatchObject({ state: 'idle', reading: 1 });
  expect(await get('/v1/reports/overview?from=2026-03-01&to=2026-03-10')).toEqual(before);
}, 30_000);

test('what other systems are told holds ids only, also that somebody was erased', async () => {
  const before = await get('/v1/reports/overview?from=2026-03-01&to=2026-03-10');
  const { id } = await get<{ id: string }>('/v1/contacts?email=u3@canary.example');
  expect((await ask('DELETE', `/v1/contacts/${id}`)).status).toBeLessThan(300);
  await world.advance('1 hour');
  const lines = readdirSync(join(data, 'events')).flatMap((day) =>
    readFileSync(join(data, 'events', day, 'events.ndjson'), 'utf8')
      .trim()
      .split('\n'),
  );
  const happenings = lines.map((line) => happeningSchema.strict().parse(JSON.parse(line)));
  const count = (type: string): number =>
    new Set(happenings.filter((each) => each.type === type).map((each) => each.id)).size;
  expect([
    count('run-entered'),
    count('message-sent'),
    count('run-converted'),
    count('contact-known'),
  ]).toEqual([24, 24, 12, 24]);
  expect(happenings.filter(({ type }) => type === 'contact-erased')).toMatchObject([{ contact: id }]);
  expect(lines.join('\n')).not.toMatch(/canary/i);
  // Who is gone stays counted.
  expect(await get('/v1/reports/overview?from=2026-03-01&to=2026-03-10')).toEqual(before);
}, 30_000);

describe('a journey that people really went through', () => {
  interface Judged {
    suggestions: { step: string; kind: string; text: string; isCausal: boolean; numbers: object }[];
    byVersion?: object;
    steps: { id: string; answerTimes?: object }[];
  }
  let [first, report]: [Judged, Judged] = [] as never;
  let where: string[];
  beforeAll(async () => {
    await liveJudged(world, async () => {
      first = await get<Judged>('/v1/journeys/judged/report');
    });
    report = await get<Judged>('/v1/journeys/judged/report');
    const { url } = await world.listen({ port: 0 });
    where = ['--url', url, '--token', world.adminToken];
  }, 90_000);

  const found = ({ suggestions }: Judged, step: string, kind: string) =>
    suggestions.filter((each) => each.step === step && each.kind === kind);

  test('tells of another branch, order and wait what its counts say, and what they do not', () => {
    expect(found(first, 'size', 'try-a-split')).toMatchObject([
      {
        isCausal: false,
        text: expect.stringMatching(/"Big" 50 % \(37 % to 63 %, 50 runs\) .* nobody was drawn by lot/),
        numbers: { best: 0.5, worst: 0.06 },
      },
    ]);
    expect(found(first, 'second', 'try-an-order')).toMatchObject([
      {
        isCausal: false,
        text: expect.stringMatching(/clicked by 25 % \(.*, 100 runs\), "first" before it by 2\.0 % \(/),
        numbers: { later: 0.25, earlier: 0.02 },
      },
    ]);
    expect(found(first, 'hour', 'try-a-wait')).toMatchObject([
      { text: expect.stringContaining('no count of this journey tells'), numbers: { waited: 100 } },
    ]);
    const [wait] = found(first, 'reply', 'try-a-wait');
    expect(wait).toMatchObject({
      isCausal: false,
      numbers: {
        ...{ answers: 60, within: 59, late: 1, unanswered: 40, waitSeconds: 3 * 86_400, seconds: 900 },
        ...{
          share: 0.9833,
          low: 0.9114,
          high: 0.9971,
          missed: 0.01,
          missedLow: 0.0018,
          missedHigh: 0.0545,
        },
      },
    });
    expect(wait!.text).toMatch(/^59 of 60 answers came within 15 minutes: 98 % \(91 % to 100 %\)\. /);
    expect(wait!.text).toContain('The wait goes on to 3 days for 1 more, 1.0 % (0.2 % to 5.4 %) of the 100');
    expect(wait!.text).toContain('the 40 who did not answer waited 2 days 23 hours longer');
    expect(wait!.text).toMatch(/Whether .* reach the goal more often, .* it does not tell; a split/);
  });

  test('tells how soon a wait was answered, of those whose wait is over', () => {
    const { answerTimes } = first.steps.find(({ id }) => id === 'reply')!;
    expect(answerTimes).toMatchObject({
      ...{ waitSeconds: 3 * 86_400, answers: 60, unanswered: 40 },
      within: expect.arrayContaining([
        expect.objectContaining({ seconds: 900, count: 59, ofAll: expect.objectContaining({ of: 100 }) }),
        expect.objectContaining({ seconds: 2 * 86_400, count: 59 }),
        expect.objectContaining({ seconds: 3 * 86_400, count: 60 }),
      ]),
    });
    // The newest version waits otherwise, and nobody answered it yet.
    expect(report.steps.find(({ id }) => id === 'reply')).not.toHaveProperty('answerTimes');
  });

  test('tells the goal of each version beside what was changed, as no proof', () => {
    expect(first).not.toHaveProperty('byVersion');
    const change = {
      step: 'reply',
      kind: 'changed',
      text: 'waitFor "reply" now waits at most 1 day instead of 3',
    };
    expect(report.byVersion).toMatchObject({
      days: 1,
      versions: [
        { version: 1, rate: { count: 28, of: 100 }, changes: [] },
        { version: 2, rate: { count: 20, of: 24 }, changes: [change] },
      ],
    });
    expect(found(report, 'reply', 'try-a-wait').at(-1)).toMatchObject({
      isCausal: false,
      text: expect.stringMatching(/^In version 2 .* 83 % \(64 % to 93 %, 24 runs\) .* at another time/),
      numbers: { version: 2, rate: 0.8333, before: 1, rateBefore: 0.28 },
    });
  });

  const days = ['from=2026-03-01', 'to=2026-04-30'];
  const answers = async () =>
    (await offered('judged')).map(({ path, tables }) => {
      const isOfJourney = path.startsWith('/v1/journeys');
      return {
        ...{ path, tables, query: isOfJourney ? '' : days.join('&') },
        args: isOfJourney ? ['judged'] : ['--of', path.split('/').at(-1)!, ...days.map((day) => `--${day}`)],
      };
    });
  const csvOf = async (path: string, query: string, table: string): Promise<string> =>
    textOf(await ask('GET', `${path}?${query}&format=csv&table=${table}`));

  test('the command prints every figure of every table, as the API has them', async () => {
    await ask('PUT', '/v1/reports/costs', { costs: [{ month: '2026-03', source: '(none)', amount: 100 }] });
    for (const { path, tables, query, args } of await answers()) {
      const text = await printed(...args, ...where);
      const json = JSON.parse(await printed(...args, '--json', ...where));
      expect(json).toEqual(await get(`${path}?${query}`));
      const shown = tablesIn(text);
      for (const table of tables) {
        const csv = await csvOf(path, query, table);
        expect(await printed(...args, '--csv', table, ...where)).toBe(csv);
        const cells = cellsOf(csv);
        if (cells.length === 1) continue;
        const missing = toldInWords.includes(table)
          ? sentencesMissing(text, cells)
          : differencesOf(shown.shift() ?? { title: '', columns: [], rows: [] }, cells);
        expect([path, table, missing]).toEqual([path, table, []]);
      }
      expect(shown).toEqual([]);
    }
  });

  test('no figure of an answer is missing in its tables', async () => {
    for (const { path, tables, query } of await answers()) {
      const told = await Promise.all(tables.map((table) => csvOf(path, query, table)));
      const numbers = new Set(told.flatMap((csv) => cellsOf(csv).flat()).flatMap(numbersIn));
      const lost = figuresIn(await get(`${path}?${query}`)).filter(([, n]) => !numbers.has(n));
      expect([path, lost]).toEqual([path, []]);
    }
  });

  test('the page of the console shows the same, and the suggestions in full', async () => {
    const shown = shownSuggestions(report.suggestions as never);
    expect(shown).toHaveLength(report.suggestions.length);
    expect(shown.every((words) => /shows a cause|no proof/.test(words))).toBe(true);
    expect(shown.map((words, i) => words.endsWith(report.suggestions[i]!.text))).not.toContain(false);
    for (const { path, tables, query } of await answers()) {
      const answer = await get<never>(`${path}?${query}`);
      for (const table of tables) {
        const cells = cellsOf(await csvOf(path, query, table));
        const own = shownTable(tableIn(path, table, answer));
        if (cells.length === 1) expect([table, own.rows]).toEqual([table, []]);
        else expect([table, differencesOf(own, cells, 0.0051)]).toEqual([table, []]);
      }
    }
  });
});
