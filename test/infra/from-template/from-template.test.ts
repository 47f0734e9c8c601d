import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '#infra/app';
import { makeClients } from '#test/builders/three-clients';
import { type Deployed, readDeployed } from './assembly.ts';
import { deployTemplates, type FromTemplate } from './world.ts';

/** Monday morning in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');
let deployed: Deployed;
let stage: FromTemplate;
const clients = makeClients({ acme: { eventsOut: { on: true } } });
beforeAll(async () => {
  deployed = readDeployed(createApp(clients, { checks: false }).synth(), 'acme');
  stage = await deployTemplates(deployed, { start });
}, 180_000);
afterAll(async () => {
  rmSync(clients, { recursive: true, force: true });
  await stage?.close();
});

const form = (name: string, companySize: number, world = stage.world) =>
  world.http({
    method: 'POST',
    path: '/v1/forms/demo-request',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...{ email: `${name.toLowerCase()}@example.com`, firstName: name, companySize: String(companySize) },
      ...{ consent: 'yes', timezone: 'Europe/Berlin' },
    }).toString(),
  });

test('the deployment enters the folder, and tells CloudFormation so', () => {
  expect(stage.told).toMatchObject({ Status: 'SUCCESS', LogicalResourceId: 'Deployment' });
});

test('a posted form runs the main job to its end: mail, click, colleague, way out, report', async () => {
  const { world } = stage;
  for (const [name, size] of Object.entries({ Ada: 120, Ben: 3, Cleo: 3 }))
    expect((await form(name, size)).status).toBe(202);
  await world.drain();
  const first = await world.outbox();
  expect(first.map(({ subject }) => subject).sort()).toEqual(
    ['Ada', 'Ben', 'Cleo'].map((name) => `Thanks, ${name}. When shall we talk?`),
  );
  const mailTo = (name: string) => first.find(({ to }) => to.includes(`${name}@example.com`))!;
  const link = 'https://www.acme.example/demo/book';
  await world.feedback({ sendId: mailTo('ada').sendId!, type: 'click', link });
  await unsubscribe(mailTo('cleo').headers!['list-unsubscribe']!);
  await world.advance('1 day');
  const task = (await world.outbox()).find((m) => m.channel === 'team' && m.text?.startsWith('Call Ada'));
  const path = `/v1/tasks/${/Task: (\S+)/.exec(task?.text ?? '')?.[1]}/outcome`;
  const answered = await world.http({ method: 'POST', path, headers: admin(), body: { outcome: 'reached' } });
  expect(answered.status).toBe(202);
  await world.advance('2 days');
  await track('Ben', 'Demo Booked');
  const received = Map.groupBy(await world.outbox(), ({ to }) => to);
  expect(received.get('ben@example.com')).toHaveLength(3);
  expect(received.get('cleo@example.com')).toHaveLength(1);
  expect(world.executions().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  expect(world.quarantine()).toEqual([]);
  const report = await world.http({ path: '/v1/journeys/demo-follow-up/report', headers: admin() });
  expect(report.json()).toMatchObject({ entered: 3, active: 0 });
}, 120_000);

const track = async (name: string, event: string): Promise<void> => {
  const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
  const traits = { email: `${name.toLowerCase()}@example.com` };
  await stage.world.http({ method: 'POST', path: '/v1/identify', headers, body: { userId: name, traits } });
  await stage.world.http({ method: 'POST', path: '/v1/track', headers, body: { userId: name, event } });
  await stage.world.drain();
};

/** The link leads to the API of the template. */
const unsubscribe = async (header: string): Promise<void> => {
  const [, url = ''] = /<(https[^>]+)>/.exec(header) ?? [];
  expect(url).toMatch(/^https:\/\/api\w+\.execute-api\.eu-central-1\.amazonaws\.com\/u\//);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'List-Unsubscribe=One-Click';
  const path = new URL(url).pathname;
  expect((await stage.world.http({ method: 'POST', path, headers, body })).status).toBe(200);
};

test('each function asked only for what its role allows, and many did', () => {
  expect(stage.asked.filter(({ allowed }) => !allowed)).toEqual([]);
  const busy = [...new Set(stage.asked.map((asked) => asked.function))];
  for (const name of ['accept-form', 'hear-event', 'run-step', 'take-feedback', 'answer-task', 'unsubscribe'])
    expect(busy).toContain(name);
  expect(stage.run()).toEqual(expect.arrayContaining(['deploy-folder', 'fold-counts', 'read-report']));
  expect(stage.asked.filter(({ action }) => action === 'events:PutEvents')[0]).toMatchObject({
    function: 'fold-counts',
  });
});

const admin = () => ({ authorization: `Bearer ${stage.world.adminToken}` });

test('a role without one of its grants is refused, and nothing is sent behind its back', async () => {
  const withhold = (_: string, { action }: { action: string }) => action === 'ses:SendRawEmail';
  const poorer = await deployTemplates(deployed, { start, withhold });
  try {
    await form('Dan', 3, poorer.world);
    await poorer.world.drain();
    const denied = poorer.asked.filter(({ allowed }) => !allowed);
    expect([...new Set(denied.map(({ action }) => action))]).toEqual(['ses:SendRawEmail']);
    expect(await poorer.world.outbox()).toEqual([]);
  } finally {
    await poorer.close();
  }
}, 60_000);

test('what the reader of figures could not tell the bus is told when it is replayed', async () => {
  let isWithheld = true;
  const withhold = (_: string, { action }: { action: string }) => isWithheld && action === 'events:PutEvents';
  const poorer = await deployTemplates(deployed, { start, withhold });
  try {
    const { world } = poorer;
    const headers = { authorization: `Bearer ${world.adminToken}` };
    expect((await form('Eve', 3, world)).status).toBe(202);
    await world.advance('1 hour');
    isWithheld = false;
    const parked = (await world.http({ path: '/v1/quarantine', headers })).json<{
      entries: { id: string; function?: string }[];
    }>().entries;
    expect(parked.map((entry) => entry.function)).toContain('fold-counts');
    const path = `/v1/quarantine/${parked.find((entry) => entry.function === 'fold-counts')!.id}/replay`;
    expect((await world.http({ method: 'POST', path, headers })).json()).toEqual({ status: 'processed' });
    const told = poorer.asked.filter(({ action, allowed }) => action === 'events:PutEvents' && allowed);
    expect(told.map((asked) => asked.function)).toContain('manage-quarantine');
  } finally {
    await poorer.close();
  }
}, 120_000);
