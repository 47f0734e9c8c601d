import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '#infra/local/world';

const journeys = join(import.meta.dirname, '../../infra/clients/acme/journeys');
const script = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');
const file = join(journeys, 'demo-follow-up.journey.json');
const document = JSON.parse(readFileSync(file, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'wayleaf-simulate-'));

let world: World;
beforeAll(async () => {
  world = await createWorld({ client: 'acme', clock: 'virtual' });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const contact = { email: 'ada@example.com', firstName: 'Ada', companySize: 80, consent: ['email'] };
const events = [
  { at: '+3 hours', message: 'confirm', was: 'clicked' },
  { at: '+26 hours', task: 'call', outcome: 'reached' },
];
const start = '2026-03-02T09:00:00Z';

const post = async (body: unknown, token = world.adminToken) => {
  const { status, text } = await world.http({
    method: 'POST',
    path: '/v1/journeys/simulate',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status, json: JSON.parse(text) };
};

const onCommandLine = async (): Promise<unknown> => {
  writeFileSync(join(folder, 'contact.json'), JSON.stringify(contact));
  writeFileSync(join(folder, 'events.json'), JSON.stringify(events));
  const options = ['--contact', join(folder, 'contact.json'), '--events', join(folder, 'events.json')];
  const args = [script, 'simulate', file, ...options, '--start', start, '--seed', '7', '--json'];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
};

describe('POST /v1/journeys/simulate', () => {
  it('answers what the command line prints', async () => {
    const { status, json } = await post({ document, contact, events, start, seed: 7 });
    expect(status).toBe(200);
    expect(json).toEqual(await onCommandLine());
    expect(json).toMatchObject({
      start: '2026-03-02T09:00:00.000Z',
      ended: { how: 'completed' },
      sends: [{ step: 'confirm', to: 'ada@example.com', subject: 'Thanks, Ada. When shall we talk?' }],
    });
  });

  it('takes the text of the document as well, and sends nothing', async () => {
    const text = readFileSync(file, 'utf8');
    const { status, json } = await post({ document: text, contact: { email: 'ben@example.com' }, start });
    expect([status, json.ended.how]).toEqual([200, 'not-entered']);
    expect(await world.outbox()).toEqual([]);
    expect(world.executions()).toEqual([]);
  });

  it.each([
    [
      'a document with errors',
      { document: { ...document, steps: [] }, contact },
      'invalid-journey',
      '/steps',
    ],
    ['no document', { contact }, 'invalid-body', '/document'],
    ['no contact', { document }, 'invalid-body', '/contact'],
    ['an event of no kind', { document, contact, events: [{ at: '+1 day' }] }, 'invalid-events', '/events/0'],
    [
      'an event that cannot happen',
      { document, contact, start, events: [{ at: '+1 hour', message: 'nudge-a', was: 'opened' }] },
      'impossible-simulation',
      '/events',
    ],
    ['an unknown member', { document, contact, evnts: [] }, 'invalid-body', ''],
    ['a start that is no time', { document, contact, start: 'soon' }, 'invalid-body', '/start'],
    [
      'more events than anybody needs',
      { document, contact, events: Array(1001).fill({}) },
      'invalid-events',
      '/events',
    ],
  ])('refuses %s with 422 and its issues', async (_, body, code, path) => {
    const { status, json } = await post(body);
    expect({ status, code: json.code, path: json.issues[0]?.path }).toEqual({ status: 422, code, path });
  });

  it('refuses who has no token', async () => {
    expect(await post({ document, contact }, 'wrong')).toMatchObject({ status: 401 });
  });
});
