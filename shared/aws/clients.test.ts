import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { PublishCommand } from '@aws-sdk/client-sns';
import { afterEach, expect, test, vi } from 'vitest';
import { createClients } from './clients.ts';

const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
const open: { close(): void }[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) server.close();
});

/** A service that is always overloaded, and remembers who asked. */
const overloaded = async () => {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    request.resume();
    response.writeHead(503, { 'content-type': 'application/x-amz-json-1.0', connection: 'close' });
    response.end('{"__type":"ServiceUnavailable","message":"slow down"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const mail = new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array([1]) } });
const text = new PublishCommand({ PhoneNumber: '+15550100', Message: 'x' });

test('sends are tried once, also when the service says that it is overloaded', async () => {
  const service = await overloaded();
  const { ses, sns } = createClients({ region: 'eu-central-1', endpoint: service.url, credentials });
  await expect(ses.send(mail)).rejects.toThrow();
  await expect(sns.send(text)).rejects.toThrow();
  expect(service.asked).toHaveLength(2);
});

test('what is safe to repeat is tried again, in bounds', async () => {
  const service = await overloaded();
  const { dynamodb, sfn } = createClients({ region: 'eu-central-1', endpoint: service.url, credentials });
  await expect(dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} }))).rejects.toThrow();
  expect(service.asked).toHaveLength(4);
  await expect(sfn.send(new ListExecutionsCommand({}))).rejects.toThrow();
  expect(service.asked).toHaveLength(8);
});

test('each service can be sent elsewhere by the standard environment variables', async () => {
  const [everything, mails] = [await overloaded(), await overloaded()];
  vi.stubEnv('AWS_ENDPOINT_URL', everything.url);
  vi.stubEnv('AWS_ENDPOINT_URL_SES', mails.url);
  const { ses, sns } = createClients({ region: 'eu-central-1', credentials });
  await expect(ses.send(mail)).rejects.toThrow();
  expect([everything.asked.length, mails.asked.length]).toEqual([0, 1]);
  await expect(sns.send(text)).rejects.toThrow();
  expect([everything.asked.length, mails.asked.length]).toEqual([1, 1]);
});
