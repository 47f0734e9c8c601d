import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Call, type FrontDoor, openFrontDoor, writeKey } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let call: Call;
beforeEach(async () => {
  door = await openFrontDoor();
  call = door.open({ record, createHandler });
});
afterEach(() => door.close());

const ask = (key: string) =>
  call({
    method: 'GET',
    route: 'GET /v1/projects/{writeKey}/settings',
    path: `/v1/projects/${key}/settings`,
    parameters: { writeKey: key },
  });

test('all events go here, and nothing else is loaded or counted', async () => {
  const { status, headers, json } = await ask(writeKey);
  expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
  expect(json).toMatchObject({
    integrations: {
      'Segment.io': { apiKey: writeKey, apiHost: 't.acme.example/v1', protocol: 'https' },
    },
    metrics: { sampleRate: 0 },
    remotePlugins: [],
  });
});

test.each(['wk_other', '__proto__', 'x'.repeat(300)])('refuses %s', async (key) => {
  const { status, headers } = await ask(key);
  expect([status, headers['access-control-allow-origin']]).toEqual([404, '*']);
});
