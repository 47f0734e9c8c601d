import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsFolder } from '#infra/client-folder';
import { forecast } from '#infra/forecast/forecast';
import { createWorld, type World } from '#infra/local/world';
import { simulationFolder } from '#infra/simulation/folder';
import { type JourneyForecast, journeyForecastSchema } from '#model/forecast';
import { foldCounts } from '#store/runs/counters';

const id = 'demo-follow-up';
const text = readFileSync(join(clientsFolder, `acme/journeys/${id}.journey.json`), 'utf8');
const start = '2026-03-02T09:00:00Z';

let world: World;
beforeAll(async () => {
  world = await createWorld({ client: 'acme', clock: 'virtual', start: Date.parse(start) });
});
afterAll(() => world.close());

const post = async (body: unknown, { query = '', journey = id, token = world.adminToken } = {}) => {
  const reply = await world.http({
    method: 'POST',
    path: `/v1/journeys/${journey}/forecast${query}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ...reply, json: /json/.test(String(reply.headers['content-type'])) ? JSON.parse(reply.text) : {} };
};
const insist = async (body: object): Promise<JourneyForecast> => {
  const { status, json } = await post({ sample: 300, ...body });
  expect([status, json]).toMatchObject([200, {}]);
  return journeyForecastSchema.parse(json);
};
const sourceOf = ({ assumptions }: JourneyForecast, ...path: string[]) =>
  assumptions.find((each) => each.path.join('/') === path.join('/'));

describe('POST /v1/journeys/{id}/forecast', () => {
  it('answers what the command line foretells for the same rates', async () => {
    const rates = { defaults: 'typical' as const, messages: { email: { clicked: 0.2 } } };
    const told = await insist({ audience: 5000, rates, start, seed: 3 });
    const folder = simulationFolder(JSON.parse(text), text, { name: 'acme', root: clientsFolder });
    const { bill, rehearsed, ...alone } = await forecast({
      ...{ document: JSON.parse(text), folder, rates, audience: 5000, start: Date.parse(start), seed: 3 },
      ...{ sample: 300, openWorld: createWorld },
    });
    expect(told).toMatchObject(alone);
    expect(told.of).toBe('draft');
    // Fewer are rehearsed for somebody who waits.
    expect([told.rehearsed.alike, told.rehearsed.people]).toEqual([10, 10]);
    expect(Math.abs(told.bill.dollars.expected / bill.dollars.expected - 1)).toBeLessThan(0.1);
    expect(rehearsed.alike).toBe(rehearsed.people);
  }, 60_000);

  it('says what nobody measured, and takes what is given', async () => {
    const told = await insist({ rates: { steps: { confirm: { clicked: 0.5 } }, over: '10 days' } });
    expect(sourceOf(told, 'audience')).toMatchObject({ value: 1000, source: 'typical' });
    expect(sourceOf(told, 'over')).toMatchObject({ value: '10 days', source: 'given' });
    expect(sourceOf(told, 'steps', 'confirm', 'clicked')).toMatchObject({ value: 0.5, source: 'given' });
    expect(sourceOf(told, 'steps', 'confirm', 'opened')).toMatchObject({ source: 'typical' });
    expect(told.days.slice(0, 10).map(({ entering }) => Math.round(entering.expected / 40))).toEqual(
      Array(10).fill(expect.toSatisfy((n: number) => n >= 1 && n <= 4)),
    );
  }, 60_000);

  it('of a version and of a document that is not saved; as CSV and as SVG', async () => {
    const document = { ...JSON.parse(text), name: 'Not saved' };
    expect(await insist({ document })).toMatchObject({ of: 'document', journey: { name: 'Not saved' } });
    expect((await insist({ version: 1 })).of).toBe(1);
    const csv = await post({ sample: 100 }, { query: '?format=csv&table=days' });
    expect(csv.text).toMatch(/^day,entering,entering low,entering high,email,/);
    const svg = await post({ sample: 100 }, { query: '?format=svg' });
    expect([svg.headers['content-type'], svg.text.slice(0, 4)]).toEqual([
      'image/svg+xml; charset=utf-8',
      '<svg',
    ]);
    expect(await world.outbox()).toEqual([]);
  }, 60_000);

  it('takes what was measured, with what it is of and its interval, unless told not to', async () => {
    const entered = (sequence: string, people: number) => ({
      ...{ id: sequence, sequence },
      deltas: [
        { ...{ journey: id, version: 1, day: '2026-02-20' }, counts: new Map([['|entered', people]]) },
      ],
    });
    await foldCounts(world.store, [entered('100000', 1)]);
    const hardly = await insist({});
    expect(sourceOf(hardly, 'audience')).toMatchObject({ value: 1000, source: 'typical', few: 1 });
    expect(sourceOf(hardly, 'over')).toMatchObject({ source: 'typical' });
    await foldCounts(world.store, [
      {
        ...{ id: 'counted', sequence: '100001' },
        deltas: [
          {
            ...{ journey: id, version: 1 },
            counts: new Map(
              Object.entries({
                ...{ '|entered': 1000, '|converted': 120, 'confirm|messages': 1000, 'confirm|sent': 900 },
                ...{ 'confirm|skipped|no-consent': 100, 'confirm|opened': 540, 'confirm|clicked': 180 },
                ...{
                  'confirm|hardBounced': 9,
                  'call|answer|0': 60,
                  'call|answer|1': 20,
                  'call|answer|-1': 20,
                },
              }),
            ),
          },
          { ...{ journey: id, version: 1, day: '2026-02-20' }, counts: new Map([['|entered', 699]]) },
          {
            ...{ journey: 'reports:all', version: 0, day: '2026-02-20' },
            counts: new Map([['sms|sent', 1]]),
          },
        ],
      },
    ]);
    const told = await insist({});
    expect(sourceOf(told, 'steps', 'confirm', 'clicked')).toMatchObject({
      ...{ value: 0.2, source: 'measured' },
      measured: { by: 'step', of: 900, low: expect.closeTo(0.175, 2), high: expect.closeTo(0.227, 2) },
    });
    expect(sourceOf(told, 'steps', 'confirm', 'delivered')).toMatchObject({ value: 0.99 });
    expect(sourceOf(told, 'reachable', 'email')).toMatchObject({ value: 0.9, source: 'measured' });
    expect(sourceOf(told, 'audience')).not.toHaveProperty('few');
    expect(sourceOf(told, 'steps', 'call', 'reached')).toMatchObject({ value: 0.6, source: 'measured' });
    expect(sourceOf(told, 'audience')).toMatchObject({ value: 700, source: 'measured' });
    expect(sourceOf(told, 'over')).toMatchObject({ value: '28 days', source: 'measured' });
    const unmeasured = await insist({ measured: false });
    expect(new Set(unmeasured.assumptions.map(({ source }) => source))).toEqual(new Set(['typical']));
  }, 60_000);

  it.each([
    [
      'a rate of a step that is not there',
      { rates: { steps: { no: { opened: 1 } } } },
      'wrong-rates',
      '/rates/steps/no',
    ],
    [
      'a rate that is none',
      { rates: { messages: { email: { opened: 2 } } } },
      'invalid-body',
      '/rates/messages/email/opened',
    ],
    ['more people than it imagines', { sample: 10_001 }, 'invalid-body', '/sample'],
    ['a document with errors', { document: { ...JSON.parse(text), steps: [] } }, 'invalid-journey', '/steps'],
  ])('refuses %s', async (_, body, code, path) => {
    const { status, json } = await post(body);
    expect([status, json.code, json.issues?.map((issue: { path: string }) => issue.path)]).toEqual([
      422,
      code,
      expect.arrayContaining([path]),
    ]);
  });

  it('refuses a version and a journey that are not there, and whoever has no token', async () => {
    expect((await post({ version: 9 })).json).toMatchObject({ status: 404, code: 'unknown-version' });
    expect((await post({}, { journey: 'nothing' })).json).toMatchObject({
      status: 404,
      code: 'unknown-journey',
    });
    expect((await post({}, { token: 'none' })).status).toBe(401);
  });
});
