import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Held } from '#kernel/errors';
import type { FunctionContext, LambdaHandler } from './function-context.ts';

interface Segment {
  name: string;
  annotations?: Record<string, unknown>;
  subsegments?: { name: string; aws?: { operation?: string; table_name?: string } }[];
  error?: boolean;
}

/** What X-Ray's daemon, which Lambda runs beside a function, would hear. */
const daemon = createSocket('udp4');
const heard: string[] = [];
const segments = (): Segment[] => heard.map((packet) => JSON.parse(packet.split('\n')[1]!) as Segment);

let trace: typeof import('./trace.ts').trace;
const log: string[] = [];
const write = (event: string) => void log.push(event);

beforeAll(async () => {
  daemon.on('message', (packet) => heard.push(String(packet)));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const { port } = daemon.address() as AddressInfo;
  const lambda = {
    ...{ LAMBDA_TASK_ROOT: '/var/task', AWS_LAMBDA_FUNCTION_NAME: 'a-function', _HANDLER: 'index.handler' },
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...{ AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${port}` },
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  };
  for (const [name, value] of Object.entries(lambda)) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  ({ trace } = await import('./trace.ts'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  daemon.close();
});

const dynamodb = new DynamoDBClient({
  ...{ region: 'eu-central-1', endpoint: 'http://127.0.0.1:1', maxAttempts: 1 },
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

const call = async (handler: LambdaHandler, event: unknown): Promise<unknown> => {
  const context = {
    ...{ aws: { dynamodb, sfn: dynamodb }, settings: { client: 'acme' } },
    log: { info: write, warn: write, error: write },
  } as unknown as FunctionContext;
  const traced = trace(
    ({ log }) =>
      async (...given) => {
        log.info('looked', { contact: 'c-1', email: 'ada@example.com', reason: 'ada@example.com' });
        return handler(...given);
      },
    context,
  );
  const answer = await traced(event, { awsRequestId: 'r' }).catch((error: Error) => error);
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0));
  return answer;
};

test('a trace is found by ids, tells what was asked of the table, and no address, answer or text of an error', async () => {
  heard.length = 0;
  const handler: LambdaHandler = async () => {
    const Key = { pk: { S: 'ada@example.com' } };
    await dynamodb.send(new GetItemCommand({ TableName: 'main', Key })).catch(() => undefined);
    return { body: 'Dear ada@example.com' };
  };
  const event = { run: 'welcome.c-1.1', routeKey: 'POST /v1/forms/{id}', body: 'email=ada@example.com' };
  expect(await call(handler, event)).toEqual({ body: 'Dear ada@example.com' });
  await vi.waitFor(() => expect(segments().some(({ name }) => name === '## index.handler')).toBe(true));
  const own = segments().find(({ name }) => name === '## index.handler')!;
  expect(own.annotations).toEqual({
    ...{ ColdStart: true, Service: 'wayleaf' },
    ...{ run: 'welcome.c-1.1', contact: 'c-1', route: 'POST /v1/forms/{id}' },
  });
  expect(heard.join()).toContain('DynamoDB');
  expect(heard.join()).not.toContain('ada');
  expect(log).toEqual(['looked']);
});

test('what a function fails at is marked in its trace, without the text of the error', async () => {
  heard.length = 0;
  const fails: LambdaHandler = async () => {
    throw new TypeError('no mail to ada@example.com');
  };
  const left = await call(fails, { run: 'welcome.c-2.1' });
  // Lambda's runtime writes the error that leaves into the log and the segment of its own.
  expect(left).toMatchObject({ name: 'TypeError', message: 'no mail to [address]' });
  expect((left as Error).stack).not.toContain('ada');
  await vi.waitFor(() => expect(segments().some(({ error }) => error)).toBe(true));
  expect(heard.join()).toContain('welcome.c-2.1');
  expect(heard.join()).not.toContain('ada');
});

test.each([
  [
    new SyntaxError('Unexpected token "A", "Ada Lovelace" is not valid JSON'),
    '(it quotes what it was given)',
  ],
  [Object.assign(new Error('to +49 151 12345678'), { name: 'InvalidParameter' }), 'to [number]'],
  [new Held('rest', 60, 'quiet-hours'), '{"step":"rest","seconds":60,"reason":"quiet-hours"}'],
])('what leaves a function keeps its name, and our own texts: %s', async (error, message) => {
  heard.length = 0;
  const fails: LambdaHandler = () => Promise.reject(error);
  expect(await call(fails, {})).toMatchObject({ name: error.name, message });
});
