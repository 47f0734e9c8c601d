import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from './world.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const kilobyte = 1024;
const json = { 'content-type': 'application/json' };
const csv = { 'content-type': 'text/csv' };
const filled = (bytes: number): string => JSON.stringify({ name: 'x'.repeat(bytes) });

const works = async (): Promise<void> => {
  const segment = { name: 'All', if: { consent: 'email' } };
  expect((await office.ask('PUT', '/v1/segments/all', { body: segment })).status).toBeLessThan(300);
};

test.each<[string, string, number]>([
  ['POST', '/v1/tokens', 256],
  ['POST', '/v1/tokens/local/rotate', 256],
  ['POST', '/v1/keys/rotate', 256],
  ['PUT', '/v1/secrets/turnstile', 256],
  ['PATCH', '/v1/contacts/nobody', 256],
  ['PUT', '/v1/templates/big', 1024],
  ['PUT', '/v1/layouts/big', 1024],
  ['PUT', '/v1/partials/big', 1024],
  ['PUT', '/v1/forms/big', 1024],
  ['PUT', '/v1/segments/big', 1024],
  ['PUT', '/v1/journeys/big', 4096],
  ['POST', '/v1/journeys/check', 4096],
])('%s %s takes %i KB and says so, packed or not', async (method, path, atMost) => {
  const text = filled(atMost * kilobyte);
  const packed = { ...json, 'content-encoding': 'gzip' };
  for (const [headers, body] of [
    [json, text],
    [packed, gzipSync(text)],
  ] as const) {
    const answer = await office.ask(method, path, { headers, body });
    expect([answer.status, answer.json()]).toMatchObject([
      413,
      { code: 'body-too-large', detail: `The body may be at most ${atMost} KB.` },
    ]);
  }
  await works();
});

test('a journey beyond the language’s own limit is told where it stands', async () => {
  const answer = await office.ask('PUT', '/v1/journeys/big', {
    headers: json,
    body: filled(1024 * kilobyte),
  });
  expect([answer.status, answer.json<{ issues: { code: string }[] }>().issues[0]?.code]).toEqual([
    422,
    'document-too-large',
  ]);
  await works();
});

test('a file of contacts is told how large one part may be', async () => {
  const body = `email\n${'a@example.com\n'.repeat(300_000)}`;
  const answer = await office.ask('POST', '/v1/contacts/import', { headers: csv, body });
  expect(answer.status).toBe(413);
  expect(answer.json<{ detail: string }>().detail).toMatch(/at most [\d,]+ [KM]B/);
  await works();
});
