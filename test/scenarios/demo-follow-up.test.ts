import { afterEach, describe, expect, test } from 'vitest';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';

/** Monday morning in Berlin. */
const start = Date.parse('2026-03-02T09:00:00Z');
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const open = async (options: WorldOptions = {}) => {
  const world = await createWorld({ start, seed: 1, logLevel: 'error', ...options });
  worlds.push(world);
  const admin = { authorization: `Bearer ${world.adminToken}` };

  const request = async (name: string, companySize: number, more: Record<string, string> = {}) => {
    const body = {
      email: emailOf(name),
      firstName: name,
      companySize: String(companySize),
      consent: 'yes',
      timezone: 'Europe/Berlin',
    };
    const answer = await world.http({
      method: 'POST',
      path: '/v1/forms/demo-request',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...body, ...more }).toString(),
    });
    expect(answer.status).toBe(202);
    await world.drain();
  };
  const mailsTo = async (name: string) => (await world.outbox()).filter((m) => m.to === emailOf(name));
  const contactId = async (name: string) =>
    (await world.http({ path: `/v1/contacts?email=${emailOf(name)}`, headers: admin })).json<{ id: string }>()
      .id;
  const timeline = async (name: string) => {
    const answer = await world.http({
      path: `/v1/contacts/${await contactId(name)}/timeline`,
      headers: admin,
    });
    return answer.json<{ entries: Entry[] }>().entries;
  };
  const answerCall = async (name: string, outcome: string) => {
    const task = (await world.outbox()).find(
      (m) => m.channel === 'team' && m.text?.startsWith(`Call ${name}\n`),
    );
    const [, id] = /Task: (\S+)/.exec(task?.text ?? '') ?? [];
    const answer = await world.http({
      method: 'POST',
      path: `/v1/tasks/${id}/outcome`,
      headers: admin,
      body: { outcome },
    });
    expect(answer.status).toBeLessThan(300);
    await world.drain();
  };
  const send = async (path: string, body: object) => {
    const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
    expect((await world.http({ method: 'POST', path, headers, body })).status).toBe(200);
    await world.drain();
  };
  /** The website learns who it is, and tells what they did. */
  const track = async (name: string, event: string) => {
    await send('/v1/identify', { userId: name, traits: { email: emailOf(name) } });
    await send('/v1/track', { userId: name, event });
  };
  const report = async () =>
    (await world.http({ path: '/v1/journeys/demo-follow-up/report', headers: admin })).json<Report>();
  return { world, request, mailsTo, timeline, contactId, answerCall, track, report };
};

interface Entry {
  at: string;
  kind: string;
  text: string;
  step?: string;
  details: { status?: string; ended?: { how: string }; answer?: string };
}
interface Report {
  entered: number;
  active: number;
  ended: Record<string, number>;
  steps: {
    id: string;
    sent: number;
    delivered: number;
    clicked: number;
    answers: { answer: string; count: number }[];
  }[];
}
const emailOf = (name: string): string => `${name.toLowerCase()}@example.com`;
const endOf = (entries: Entry[]) => entries.find((entry) => entry.kind === 'run')?.details.ended?.how;

describe.each(['direct', 'wire'] as const)('a posted form runs demo-follow-up (%s seam)', (seam) => {
  test('who clicks and works in a large company is called by sales in office hours', async () => {
    const { world, request, mailsTo, answerCall, timeline } = await open({ seam });
    await request('Ada', 120);
    const [confirm] = await mailsTo('Ada');
    expect(confirm).toMatchObject({ subject: 'Thanks, Ada. When shall we talk?', channel: 'email' });
    expect(confirm?.headers?.['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');

    await world.feedback({
      sendId: confirm!.sendId!,
      type: 'click',
      link: 'https://www.acme.example/demo/book',
    });
    await world.advance('1 day');
    const told = (await world.outbox()).filter((m) => m.channel === 'team');
    expect(told.map((m) => m.at)).toEqual(['2026-03-03T08:30:00.000Z', '2026-03-03T08:30:00.000Z']);
    expect(told[0]?.text).toBe('Hot lead: ada@example.com (120 people)');

    await answerCall('Ada', 'reached');
    expect(endOf(await timeline('Ada'))).toBe('completed');
    expect(world.executions()).toMatchObject([{ journey: 'demo-follow-up', status: 'SUCCEEDED' }]);
    expect(world.quarantine()).toEqual([]);
  });

  test('who never reacts gets one reminder and, being small, the way to start alone', async () => {
    const { world, request, mailsTo, report } = await open({ seam });
    await request('Bob', 10);
    await world.advance('14 days');
    const subjects = (await mailsTo('Bob')).map((m) => m.subject);
    expect(subjects[1]).toMatch(/^(Still looking, Bob\?|How others cut their follow-up time in half)$/);
    expect([subjects[0], subjects[2]]).toEqual([
      'Thanks, Bob. When shall we talk?',
      'You can be running in ten minutes, Bob',
    ]);
    expect(await report()).toMatchObject({ entered: 1, active: 0, ended: { completed: 1 } });
  });
});

test('a booked demo ends the run at once, in the middle of its wait', async () => {
  const { world, request, mailsTo, track, timeline } = await open();
  await request('Cem', 80);
  await world.advance('1 day');
  await track('Cem', 'Demo Booked');
  expect(endOf(await timeline('Cem'))).toBe('goal');
  await world.advance('14 days');
  expect(await mailsTo('Cem')).toHaveLength(1);
  expect(world.executions().map((e) => e.status)).toEqual(['SUCCEEDED']);
});

test('a hard bounce stops the mails and is told to nobody as sent', async () => {
  const { world, request, mailsTo, timeline } = await open();
  await request('Dora', 5);
  const [confirm] = await mailsTo('Dora');
  await world.feedback({ sendId: confirm!.sendId!, type: 'bounce' });
  await world.advance('14 days');
  expect(await mailsTo('Dora')).toHaveLength(1);
  const skipped = (await timeline('Dora')).filter((entry) => entry.details.status === 'skipped');
  expect(skipped.map((entry) => entry.step)).toHaveLength(2);
});

test('one click on the unsubscribe link of a mail is the last thing that is heard of us', async () => {
  const { world, request, mailsTo } = await open();
  await request('Emil', 5);
  const [confirm] = await mailsTo('Emil');
  const [, url = ''] = /<([^>]+)>/.exec(confirm?.headers?.['list-unsubscribe'] ?? '') ?? [];
  const path = new URL(url).pathname;
  const body = 'List-Unsubscribe=One-Click';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await world.http({ path })).status).toBe(200);
  expect((await world.http({ method: 'POST', path, headers, body })).status).toBe(200);
  await world.advance('14 days');
  expect(await mailsTo('Emil')).toHaveLength(1);
});

test('without consent nobody is written to', async () => {
  const { world, request, mailsTo } = await open();
  await request('Finn', 5, { consent: 'no' });
  await world.advance('14 days');
  expect(await mailsTo('Finn')).toEqual([]);
  expect(world.executions()).toEqual([]);
});

test('streams and events that come twice and out of order change nothing', async () => {
  const { world, request, report } = await open({ redeliver: { twice: true, shuffle: true } });
  for (let i = 0; i < 20; i++) await request(`P${i}`, i * 7);
  await world.advance('14 days');
  const outbox = await world.outbox();
  expect(outbox.length).toBeGreaterThan(40);
  const bySend = Map.groupBy(outbox, (m) => m.sendId);
  expect([...bySend].filter(([sendId, messages]) => sendId === undefined || messages.length > 1)).toEqual([]);
  const { entered, ended, steps } = await report();
  expect({ entered, ended }).toEqual({ entered: 20, ended: { completed: 20 } });
  expect(steps.find((step) => step.id === 'confirm')).toMatchObject({ sent: 20, delivered: 20 });
  expect(world.quarantine()).toEqual([]);
});
