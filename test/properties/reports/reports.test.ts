import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Kpis } from '#functions/reports/figures/kpis';
import type { Overview } from '#functions/reports/figures/overview';
import type { segmentsSchema, sourcesSchema, templatesSchema } from '#functions/reports/figures/subjects';
import * as fold from '#functions/reports/fold-counts/handler';
import { record as foldRecord } from '#functions/reports/fold-counts/record';
import * as keep from '#functions/reports/keep-reports/handler';
import { record as keepRecord } from '#functions/reports/keep-reports/record';
import * as read from '#functions/reports/read-report/handler';
import { record as readRecord } from '#functions/reports/read-report/record';
import type { Report } from '#functions/reports/read-report/report';
import * as tend from '#functions/reports/tend-reports/handler';
import { record as tendRecord } from '#functions/reports/tend-reports/record';
import { reportSettingsSchema } from '#model/report-settings';
import { putClient } from '#store/catalogue/client';
import { putCosts } from '#store/catalogue/costs';
import { putDocument } from '#store/catalogue/documents';
import { areWatermarksFolded } from '#store/contacts/watermarks';
import type { Item } from '#store/table';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { adminToken } from '#test/builders/stage/requests';
import { chanceOf, type Happening, journey, lifeOf } from './lives.ts';
import { type Known, plainCount, type Span } from './plain-count.ts';
import { plainMore, spent } from './plain-more.ts';
import { moreOf } from './told.ts';

const people = 1_000;
const chance = chanceOf(4_711);
const theYear: Span = { from: '2026-01-01', to: '2026-12-31' };
const march: Span = { from: '2026-02-10', to: '2026-03-05' };

let stage: Stage;
/** Everything that ever stood there, as it stood last. */
const known = new Map<string, Known>();
let streamed = '';
/** Batches of the past, to be delivered again. */
const past: unknown[][] = [];

const wire = (records: unknown): unknown[] => JSON.parse(JSON.stringify(records));

/** What the stream holds, in batches of any size, some twice, some once more much later. */
const deliver = async (): Promise<void> => {
  for (;;) {
    const records = wire(
      stage.dynamo.readStream(stage.settings.mainTable, streamed, 50 + Math.floor(chance() * 800)),
    );
    if (records.length === 0) break;
    streamed = (records.at(-1) as { dynamodb: { SequenceNumber: string } }).dynamodb.SequenceNumber;
    const wanted = records.filter((record) => {
      const sk = (record as { dynamodb: { Keys: { sk: { S: string } } } }).dynamodb.Keys.sk.S;
      return foldRecord.triggers.some(
        (trigger) => trigger.kind === 'stream' && trigger.sortKeys.some((prefix) => sk.startsWith(prefix)),
      );
    });
    const batches = chance() < 0.3 ? [wanted, wanted] : [wanted];
    if (chance() < 0.2 && past.length > 0) batches.push(past[Math.floor(chance() * past.length)]!);
    past.push(wanted);
    // As several shards are: at the same time.
    await Promise.all(batches.map((Records) => stage.invoke('fold-counts', { Records })));
  }
};

const happen = async (happening: Happening): Promise<void> => {
  const { key } = happening;
  const name = `${key.pk} ${key.sk}`;
  if ('gone' in happening) {
    await stage.store.main.remove(key);
    known.set(name, { ...known.get(name), removed: true });
    return;
  }
  const standing = streamed === '' ? undefined : ((await stage.store.main.get(key)) as Item | undefined);
  // Writers leave alone what they do not know of, as an update of members does.
  const kept = standing ? { counted: standing.counted, credited: standing.credited } : {};
  await stage.store.main.put({ ...key, ...kept, ...happening.item });
  known.set(name, happening.item);
};

const ask = async <T>(path: string, query = ''): Promise<T> => {
  const answer = (await stage.invoke('read-report', {
    ...{
      routeKey: path.startsWith('/v1/journeys') ? 'GET /v1/journeys/{id}/report' : `GET ${path}`,
      rawPath: path,
    },
    ...{
      rawQueryString: query,
      headers: { authorization: `Bearer ${adminToken}` },
      pathParameters: { id: journey },
    },
    requestContext: { requestId: 'r', http: { method: 'GET', sourceIp: '127.0.0.1' } },
  })) as { statusCode: number; body: string };
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return JSON.parse(answer.body) as T;
};

const begin = async (): Promise<void> => {
  const answer = (await stage.invoke('keep-reports', {
    ...{
      routeKey: 'POST /v1/reports/rebuild',
      rawPath: '/',
      rawQueryString: '',
      headers: { authorization: `Bearer ${adminToken}` },
    },
    requestContext: { requestId: 'r', http: { method: 'POST', sourceIp: '127.0.0.1' } },
  })) as { statusCode: number };
  expect(answer.statusCode).toBe(202);
};

const figures = async (span?: Span) => {
  const query = span ? `from=${span.from}&to=${span.to}` : '';
  const days = span ? query : 'from=2026-01-01&to=2026-12-31';
  const report = await ask<Report>(`/v1/journeys/${journey}/report`, query);
  const overview = await ask<Overview>('/v1/reports/overview', days);
  const kpis = await ask<Kpis>('/v1/reports/kpis', days);
  const { templates } = await ask<z.output<typeof templatesSchema>>('/v1/reports/templates', days);
  const { segments } = await ask<z.output<typeof segmentsSchema>>('/v1/reports/segments', days);
  const { sources, campaigns } = await ask<z.output<typeof sourcesSchema>>('/v1/reports/sources', days);
  const step = (id: string) => report.steps.find((each) => each.id === id)!;
  const message = (id: string) => {
    const { entered, sent, delivered, opened, clicked, complained, indeterminate, converted } = step(id);
    return { entered, sent, delivered, opened, clicked, complained, indeterminate, converted };
  };
  const answers = (id: string) =>
    step(id).answers.map(({ branch, count, converted }) => ({ branch, count, converted }));
  const welcome = templates.find(({ template }) => template === 'welcome')!;
  const vip = segments.find(({ segment }) => segment === 'vip')!;
  const { leads, orders, entered, events, revenue, conversions, value } = overview.totals;
  return {
    time: report.timeToConvert,
    more: moreOf({ report, overview, kpis, templates, segments, sources, campaigns }),
    figures: {
      ...{ entered: report.entered, active: report.active, converted: report.converted, value: report.value },
      ended: { goal: report.ended.goal ?? 0, completed: report.ended.completed ?? 0 },
      ...{ hello: message('hello'), offer: message('offer'), waiting: step('reaction').waiting },
      skipped: { ...step('offer').skipped },
      ...{ reaction: answers('reaction'), test: answers('test') },
      clicks: Object.fromEntries(
        report.steps
          .flatMap(({ id, links = [] }) => links.map(({ link, people: n }) => [`${id} ${link}`, n] as const))
          .sort(),
      ),
      overview: { leads, orders, entered, events, revenue, conversions, value },
      template: { messages: welcome.messages, clicked: welcome.clicked, converted: welcome.converted },
      vip: { entered: vip.entered, converted: vip.converted },
      sources: Object.fromEntries(
        sources.map(({ source, leads: l, entered: e, conversions: c }) => [
          source,
          { leads: l, entered: e, conversions: c },
        ]),
      ),
    },
  };
};

/** Times to the goal stand in buckets, so that those at the border may count or not. */
const compareVersions = (
  { days, versions }: NonNullable<Report['byVersion']>,
  plain: readonly (readonly number[])[],
): void => {
  expect(versions.map(({ version, rate }) => [version, rate.of])).toEqual([
    [1, plain[0]!.length],
    [2, plain[1]!.length],
  ]);
  for (const [i, { rate }] of versions.entries()) {
    const within = (most: number): number => plain[i]!.filter((ms) => ms <= most * 86_400_000).length;
    expect(rate.count).toBeGreaterThanOrEqual(within(days));
    expect(rate.count).toBeLessThanOrEqual(within(days * 1.05));
  }
};

/** Figures of the reports against those of the plain count, in all and within a range. */
const compare = async (): Promise<void> => {
  for (const span of [undefined, march]) {
    const { times, ...plain } = plainCount([...known.values()], span);
    const { figures: found, time, more } = await figures(span);
    expect(found).toEqual(plain);
    const { cycles, toGoal, ...plainly } = plainMore([...known.values()], span ?? theYear, {
      today: '2026-06-01',
    });
    const { cycle, byVersion, ...told } = more;
    expect(told).toEqual(plainly);
    compareVersions(byVersion, toGoal);
    expect(cycle.count).toBe(cycles.length);
    const middle = cycles[Math.floor((cycles.length - 1) / 2)]! / 1000;
    expect(Math.abs(cycle.median / middle - 1)).toBeLessThan(0.021);
    expect(time?.count).toBe(times.length);
    const median = times[Math.floor((times.length - 1) / 2)]! / 1000;
    expect(Math.abs(time!.medianSeconds / median - 1)).toBeLessThan(0.021);
  }
};

const lives = Array.from({ length: people }, (_, i) => lifeOf(i).happenings);
/** Contacts side by side, each in its own order. */
const mixed = (all: readonly Happening[][]): Happening[] => {
  const open = all.map((each) => [...each]);
  const order: Happening[] = [];
  while (open.length > 0) {
    const i = Math.floor(chance() * open.length);
    order.push(...open[i]!.splice(0, 1 + Math.floor(chance() * 3)));
    if (open[i]!.length === 0) open.splice(i, 1);
  }
  return order;
};
/** Nine tenths happen first; what is left comes late. */
const order = mixed(lives);
const late = Math.floor(order.length * 0.9);

beforeAll(async () => {
  const entry = ({ createHandler }: Pick<typeof fold, 'createHandler'>, record: typeof foldRecord) => ({
    record,
    createHandler,
  });
  stage = await openStage('2026-06-01T10:00:00.000Z', {
    'fold-counts': entry(fold, foldRecord),
    'keep-reports': entry(keep, keepRecord),
    'tend-reports': entry(tend, tendRecord),
    'read-report': entry(read, readRecord),
  });
  await putClient(stage.store, {
    ...stage.client,
    reports: reportSettingsSchema.parse({
      revenue: { currency: 'EUR' },
      nps: { form: 'survey', value: 'properties.score' },
      csat: { event: 'Rated', value: 'properties.stars' },
    }),
  });
  await putCosts(stage.store, {
    costs: Object.entries(spent).map(([month, amount]) => ({ month, source: 'google', amount })),
  });
  await putDocument(stage.store, 'segment', 'vip', { name: 'VIP', if: { tag: 'vip' } } as never, {
    owner: 'api',
  });
  const steps = [
    email('hello', { template: 'welcome' }),
    {
      id: 'reaction',
      type: 'waitFor',
      branches: [{ answer: 'Clicked', on: { message: 'hello', was: 'clicked' }, steps: [] }],
      atMost: '2 days',
      otherwise: { steps: [] },
    },
    {
      id: 'test',
      type: 'split',
      arms: [
        { name: 'a', weight: 50, steps: [] },
        { name: 'b', weight: 50, steps: [] },
      ],
    },
    email('offer', { template: 'offer' }),
  ];
  const goal = { on: { event: 'Order Completed' } };
  for (const name of ['Proof', 'Proof again'])
    await stage.publish(journeyOf(steps as never, { id: journey, name, goal }));
  for (const happening of order.slice(0, late)) await happen(happening);
  await deliver();
}, 300_000);
afterAll(() => stage.close());

test(
  'figures are those of a plain count, although records come twice, late and in any order',
  compare,
  120_000,
);

test('and they are after late events, and after people were erased', async () => {
  for (const happening of order.slice(late)) await happen(happening);
  await deliver();
  await compare();
  const erased = new Set(lives.slice(0, 80).flatMap((each) => each.slice(0, 1).map(({ key }) => key.pk)));
  for (const item of [...known.keys()].filter((name) => erased.has(name.split(' ')[0]!)))
    await happen({ key: { pk: item.split(' ')[0]!, sk: item.split(' ')[1]! }, gone: true });
  for (const pk of erased)
    for (const { sk } of await stage.store.main.query({ pk, prefix: 'A#' }))
      await stage.store.main.remove({ pk, sk: String(sk) });
  await deliver();
  await compare();
}, 240_000);

test('they are the same counted anew, while other people come and change', async () => {
  const more = mixed(Array.from({ length: 120 }, (_, i) => lifeOf(people + i).happenings));
  const part = (from: number, to: number) =>
    more.slice(Math.floor(more.length * from), Math.floor(more.length * to));
  await begin();
  for (const happening of part(0, 0.3)) await happen(happening);
  const work = stage.invoke('tend-reports', {});
  for (const happening of part(0.3, 0.7)) await happen(happening);
  await work;
  // Not yet what is shown: the marks of the looking have not come through.
  expect(await areWatermarksFolded(stage.store, 'book-1')).toBe(false);
  await deliver();
  for (const happening of part(0.7, 1)) await happen(happening);
  await stage.invoke('tend-reports', {});
  await deliver();
  await stage.invoke('tend-reports', {});
  const [books] = await stage.store.main.query({ pk: 'BOOKS' });
  expect(books).toMatchObject({ reading: 1 });
  expect(books).not.toHaveProperty('making');
  await compare();
}, 300_000);
