import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { Happening } from '#model/happening';
import { createTell } from './event-bus.ts';

afterEach(() => vi.unstubAllEnvs());

/** EventBridge, as far as it answers; `refused` entries of each call. */
const bus = async (refused: number) => {
  const taken: { Source: string; DetailType: string; Detail: string }[][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      taken.push(JSON.parse(body).Entries);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', connection: 'close' });
      response.end(JSON.stringify({ FailedEntryCount: refused, Entries: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  return { taken, close: () => server.close() };
};

const happenings = Array.from(
  { length: 23 },
  (_, i): Happening => ({
    ...{ version: 1, id: `id-${i}`, type: 'run-entered', at: '2026-03-01T09:00:00.000Z' },
    ...{ client: 'acme', contact: 'c' },
  }),
);

test('tells all, ten at a time, under the name of the client', async () => {
  const { taken, close } = await bus(0);
  await createTell()(happenings);
  expect(taken.map((entries) => entries.length)).toEqual([10, 10, 3]);
  expect(taken[0]![0]).toMatchObject({ Source: 'wayleaf.acme', DetailType: 'run-entered' });
  expect(JSON.parse(taken[2]![2]!.Detail)).toEqual(happenings[22]);
  close();
});

test('fails when the bus refuses one, so that all of it is told again', async () => {
  const { close } = await bus(1);
  await expect(createTell()(happenings)).rejects.toThrow('refused 1 of 10');
  close();
});
