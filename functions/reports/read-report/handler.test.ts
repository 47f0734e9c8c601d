import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientsFolder } from '#infra/client-folder';
import type { JourneyRecord } from '#model/journey';
import { newVersionWrite, saveJourneyWrite } from '#store/catalogue/journeys';
import { foldCounts } from '#store/runs/counters';
import { transact } from '#store/table';
import { adminToken, type Call, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { journeysSchema } from '../figures/subjects.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';
import { type Report, reportSchema } from './report.ts';

const document = readFileSync(join(clientsFolder, 'acme/journeys/demo-follow-up.journey.json'), 'utf8');
const journey = 'demo-follow-up';
let door: FrontDoor;
let read: Call;

beforeEach(async () => {
  door = await openFrontDoor();
  const open = door.open({ record, createHandler });
  read = (asked = {}) =>
    open({
      method: 'GET',
      route: 'GET /v1/journeys/{id}/report',
      parameters: { id: journey },
      headers: { authorization: `Bearer ${adminToken}` },
      ...asked,
    });
});
afterEach(() => door.close());

const publish = async (more: Partial<JourneyRecord> = {}) => {
  const at = '2026-03-01T08:00:00.000Z';
  const about = {
    id: journey,
    name: 'x',
    owner: 'folder',
    status: 'live',
    draftEtag: 'e',
    rev: 0,
    updatedAt: at,
    version: 2,
    ...more,
  } as JourneyRecord;
  const version = {
    journey,
    version: 2,
    publishedAt: at,
    document,
    asl: '{}',
    versionArn: 'arn',
    templates: {},
  };
  await transact(door.store.dynamodb, [
    saveJourneyWrite(door.store, about),
    await newVersionWrite(door.store, version),
  ]);
};
const add = (version: number, counts: Record<string, number>) =>
  foldCounts(door.store, [
    {
      id: `v${version}-${Object.keys(counts)[0]}`,
      sequence: '1',
      deltas: [{ journey, version, counts: new Map(Object.entries(counts)) }],
    },
  ]);

test('shows each step in the order of the document, summed over all versions', async () => {
  await publish();
  await add(1, {
    '|entered': 10,
    'confirm|messages': 10,
    'confirm|sent': 9,
    'confirm|skipped|no-consent': 1,
    'gone|entered': 4,
    'gone|answer|0': 3,
  });
  await add(2, {
    '|entered': 5,
    '|ended|completed': 4,
    '|converted': 2,
    '|value': 0.5,
    'confirm|messages': 5,
    'confirm|sent': 5,
    'confirm|converted': 2,
  });
  await add(2, {
    'reaction|entered': 5,
    'reaction|answer|0': 3,
    'reaction|answer|-1': 1,
    'reaction|waiting': 1,
    'reaction|answerConverted|0': 2,
  });
  const reply = await read();
  const report = reportSchema.parse(reply.json) as Report;
  expect(report).toMatchObject({
    journey,
    versions: [1, 2],
    entered: 15,
    ended: { completed: 4 },
    converted: 2,
    value: 0.5,
  });
  expect(report.steps.slice(0, 4).map(({ id }) => id)).toEqual([
    'score',
    'confirm',
    'reaction',
    'subject-test',
  ]);
  const [confirm, reaction, gone] = ['confirm', 'reaction', 'gone'].map((id) =>
    report.steps.find((step) => step.id === id),
  );
  expect(confirm).toMatchObject({
    name: 'Thanks, pick a time',
    entered: 15,
    sent: 14,
    skipped: { 'no-consent': 1 },
    converted: 2,
  });
  expect(reaction).toMatchObject({
    entered: 5,
    waiting: 1,
    answers: [
      { answer: 'Clicked', branch: 0, count: 3, converted: 2 },
      { answer: 'No reaction', branch: -1, count: 1, converted: 0 },
    ],
  });
  expect(gone).toMatchObject({ entered: 4, answers: [{ branch: 0, count: 3 }] });
  expect(report.steps.at(-1)?.id).toBe('gone');
});

test('counts the leaves of the tree', async () => {
  await publish();
  await add(2, {
    'reaction|answer|0': 3,
    'subject-test|answer|0': 2,
    'subject-test|answer|1': 1,
    'call|answer|-1': 4,
  });
  const { leaves } = (await read()).json as Report;
  expect(Object.fromEntries(leaves.map(({ id, count }) => [id, count]))).toEqual({
    'reaction/Clicked': 3,
    'subject-test/question': 2,
    'subject-test/proof': 1,
    'call/reached': 0,
    'call/no answer': 0,
    'call/otherwise': 4,
    'size/Smaller': 0,
  });
});

test('a journey that nobody entered yet is all zeros', async () => {
  await publish();
  const report = reportSchema.parse((await read()).json);
  expect([report.entered, report.versions, report.steps.every((step) => step.entered === 0)]).toEqual([
    0,
    [],
    true,
  ]);
});

test('refuses an unknown journey, one that was never published, and a caller without token', async () => {
  expect([(await read()).status, (await read()).json.code]).toEqual([404, 'unknown-journey']);
  await publish({ version: undefined });
  expect((await read()).json.code).toBe('not-published');
  expect((await read({ headers: {} })).status).toBe(401);
});

test('says why a journey paused itself, until somebody resumes it', async () => {
  const at = '2026-03-02T10:00:00.000Z';
  const paused = { because: 'complaint-rate' as const, at, mails: 2_000, bounced: 1, complained: 3 };
  await publish({ status: 'paused', paused });
  expect(reportSchema.parse((await read()).json).paused).toEqual(paused);
});

test('says nothing of pauses where there is none', async () => {
  await publish();
  expect((await read()).json).not.toHaveProperty('paused');
});

test('all journeys in one answer, with their goal rate where they have a goal', async () => {
  const all = (query = '') =>
    read({ path: '/v1/reports/journeys', route: 'GET /v1/reports/journeys', parameters: {}, query });
  expect(journeysSchema.parse((await all()).json)).toEqual({ journeys: [] });
  await publish();
  await add(1, { '|entered': 30, '|active': 4, '|converted': 6, '|value': 12.5 });
  await add(2, { '|entered': 10 });
  const { journeys } = journeysSchema.parse((await all()).json);
  expect(journeys).toEqual([
    {
      ...{ journey, name: 'x', status: 'live', entered: 40, active: 4, converted: 6, value: 12.5 },
      conversion: expect.objectContaining({ count: 6, of: 40, value: 0.15 }),
    },
  ]);
  const csv = (await all('format=csv')).text.split('\r\n');
  expect(csv[1]).toMatch(/^demo-follow-up,x,live,40,4,6,12.5,0.15,/);
  const ranged = journeysSchema.parse((await all('from=2026-01-01&to=2026-01-31')).json);
  expect([ranged.range?.from, ranged.journeys[0]?.entered]).toEqual(['2026-01-01', 0]);
});
