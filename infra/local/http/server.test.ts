import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { createClients } from '#aws/clients';
import type { FunctionContext } from '#aws/function-context';
import { defineFunction, type Trigger } from '#aws/function-record';
import { createFunctions } from '../lambda/functions.ts';
import { answerJson } from './exchange.ts';
import { createRoutes } from './routes.ts';
import { type Listening, type ListenOptions, listen } from './server.ts';

type Work = (event: Record<string, unknown>) => unknown;
const now = Date.parse('2026-11-22T05:54:08Z');

const functionOf = (name: string, triggers: Trigger[], work: Work, timeoutSeconds = 5) => ({
  record: defineFunction({
    name,
    room: 'ingest',
    description: 'x',
    triggers,
    grants: [],
    timeoutSeconds,
    memoryMegabytes: 128,
  }),
  load: async () => ({
    createHandler: () => async (event: unknown) => work(event as Record<string, unknown>),
  }),
});
const route = (method: 'GET' | 'POST', path: string): Trigger => ({
  kind: 'http',
  method,
  path,
  access: 'public',
});

const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const serve = async (work: Work, options: Partial<ListenOptions> = {}) => {
  const manifest = [
    functionOf(
      'echo',
      [route('POST', '/v1/forms/{form}'), route('GET', '/v1/forms/{form}'), route('GET', '/o/{token}')],
      work,
    ),
    functionOf('slow', [route('GET', '/slow')], () => new Promise(() => {}), 0.05),
    functionOf('broken', [route('GET', '/broken')], () => Promise.reject(new Error('secret detail'))),
  ];
  const functions = createFunctions({ manifest, contextFor: () => ({}) as FunctionContext });
  const execute = async (operation: string) => ({ Item: { pk: { S: operation } } });
  const server = await listen(
    {
      dispatch: createRoutes({ functions, clock: { now: () => now }, account: '123456789012' }),
      local: async () => answerJson(200, []),
      services: { dynamodb: execute, secretsmanager: execute, sfn: execute, ses: execute, sns: execute },
      sesV2: async () => answerJson(200, {}),
    },
    { port: 0, ...options },
  );
  open.push(server);
  return server.url;
};

/** A function that answers with the event it got. */
const echo: Work = (event) => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(event),
});
const problem = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return (await answer.json()) as { status: number; code: string };
};

test('a function gets the event that API Gateway would send', async () => {
  const url = await serve(echo);
  const answer = await fetch(`${url}/v1/forms/demo%20request?a=1&a=2&b=%26&__proto__=x`, {
    method: 'POST',
    headers: {
      'X-Custom': 'Yes',
      cookie: 'a=1; b=2',
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'test',
    },
    body: '{"name":"Zoë"}',
  });
  const event = (await answer.json()) as Record<string, never>;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /v1/forms/{form}',
    rawPath: '/v1/forms/demo%20request',
    rawQueryString: 'a=1&a=2&b=%26&__proto__=x',
    queryStringParameters: { a: '1,2', b: '&' },
    pathParameters: { form: 'demo request' },
    cookies: ['a=1', 'b=2'],
    headers: { 'x-custom': 'Yes' },
    body: '{"name":"Zoë"}',
    isBase64Encoded: false,
    requestContext: {
      http: {
        method: 'POST',
        path: '/v1/forms/demo%20request',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      time: '22/Nov/2026:05:54:08 +0000',
      timeEpoch: now,
      stage: '$default',
    },
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test.each([
  ['a form post', 'application/x-www-form-urlencoded', 'a=b', true],
  ['a multipart post', 'multipart/form-data; boundary=x', '--x--', true],
  ['bytes that are not UTF-8', 'application/json', new Uint8Array([0xff, 0xfe]), true],
  ['JSON of a vendor', 'application/vnd.x+json', '{}', false],
  ['text', 'text/csv', 'a,b', false],
])(
  '%s arrives whole, as base64 where API Gateway would do so',
  async (_what, type, body, isBase64Encoded) => {
    const url = await serve(echo);
    const answer = await fetch(`${url}/v1/forms/x`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    const event = (await answer.json()) as { body: string; isBase64Encoded: boolean };
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body, isBase64Encoded ? 'base64' : 'utf8')).toEqual(Buffer.from(body));
  },
);

test('status, headers, cookies and bytes of the answer reach the browser', async () => {
  const pixel = Buffer.from([71, 73, 70, 0, 255]);
  const url = await serve(() => ({
    statusCode: 201,
    headers: { 'Content-Type': 'image/gif' },
    cookies: ['a=1', 'b=2'],
    body: pixel.toString('base64'),
    isBase64Encoded: true,
  }));
  const answer = await fetch(`${url}/o/token`);
  expect(answer.status).toBe(201);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('content-type')).toBe('image/gif');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(pixel);
});

test('says what is not there, and what an address takes', async () => {
  const url = await serve(echo);
  expect(await problem(await fetch(`${url}/nowhere`))).toMatchObject({ status: 404, code: 'not-found' });
  const wrong = await fetch(`${url}/v1/forms/x`, { method: 'DELETE' });
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST, GET');
  expect(await problem(wrong)).toMatchObject({ code: 'method-not-allowed' });
});

test('a path that is no address is not found, and harms nobody', async () => {
  const url = await serve(echo);
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest(url, { path: '/v1/forms/%zz' }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  expect(answer).toBe(404);
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test('tells its health', async () => {
  const url = await serve(echo);
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${url}/health`, { method: 'HEAD' })).status).toBe(200);
});

test('refuses a body over 10 MB, announced or not, and one whose event Lambda would not take', async () => {
  const url = await serve(echo);
  const large = new Uint8Array(10 * 1024 * 1024 + 1);
  const announced = await fetch(`${url}/v1/forms/x`, { method: 'POST', body: large });
  expect(await problem(announced)).toMatchObject({ status: 413, code: 'body-too-large' });
  const chunked = await new Promise<number>((resolve, reject) => {
    const request = httpRequest(`${url}/v1/forms/x`, { method: 'POST' }, (response) =>
      resolve(response.statusCode ?? 0),
    );
    request.on('error', reject);
    request.write(large.subarray(1));
    request.end('xx');
  });
  expect(chunked).toBe(413);
  const post = async (body: Uint8Array | string) =>
    (await fetch(`${url}/v1/forms/x`, { method: 'POST', body: body as never })).status;
  const megabyte = 1024 * 1024;
  expect(await post(new Uint8Array(4 * megabyte).fill(0xff))).toBe(200);
  expect(await post(new Uint8Array(5 * megabyte).fill(0xff))).toBe(413);
  expect(await post('a'.repeat(5 * megabyte))).toBe(200);
  expect(await post('"'.repeat(4 * megabyte))).toBe(413);
});

test('a function that fails or is late tells nothing of why', async () => {
  const url = await serve(echo);
  const broken = await fetch(`${url}/broken`);
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toContain('secret');
  const slow = await fetch(`${url}/slow`);
  expect(await problem(slow)).toMatchObject({ status: 504, code: 'timed-out' });
});

test('an SDK that is pointed at it works, at the root and under /aws', async () => {
  const url = await serve(echo);
  for (const endpoint of [url, `${url}/aws`]) {
    const { dynamodb } = createClients({
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} }));
    expect(Item).toEqual({ pk: { S: 'GetItem' } });
  }
});

test('refuses to listen where others could reach it, unless told', async () => {
  await expect(serve(echo, { host: '0.0.0.0' })).rejects.toThrow(/Refusing to listen on 0\.0\.0\.0/);
  await expect(serve(echo, { host: '::' })).rejects.toThrow(/Refusing to listen/);
  await expect(serve(echo, { host: '127.0.0.1' })).resolves.toContain('http://127.0.0.1:');
  await expect(serve(echo, { host: '0.0.0.0', beyondLoopback: true })).resolves.toContain('http://');
});

test('what belongs to this machine is not told to pages of other sites', async () => {
  const url = await serve(echo);
  const ask = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      httpRequest(url + path, { headers, method: path === '/' ? 'POST' : 'GET' }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  expect(await ask('/local/outbox', {})).toBe(200);
  expect(await ask('/local/outbox', { origin: 'http://localhost:4747' })).toBe(200);
  expect(await ask('/local/outbox', { origin: 'https://evil.example' })).toBe(403);
  expect(await ask('/local/outbox', { origin: 'null' })).toBe(403);
  expect(await ask('/local/outbox', { host: 'rebound.example' })).toBe(403);
  expect(
    await ask('/', { 'x-amz-target': 'DynamoDB_20120810.GetItem', origin: 'https://evil.example' }),
  ).toBe(403);
  expect(
    await ask('/', { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' }),
  ).toBe(403);
});

test('goes on after callers that hang up in the middle', async () => {
  const url = await serve(echo);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST /v1/forms/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  expect((await fetch(`${url}/v1/forms/x`)).status).toBe(200);
});

test('a crowd that comes at once is let in before anybody is served', async () => {
  const crowd = 40;
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const seen: number[] = [];
  const url = await serve((event) => {
    seen.push(sockets());
    return echo(event);
  });
  const before = sockets();
  const visit = (i: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest(`${url}/v1/forms/${i}`, { agent: false }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode));
      })
        .once('error', reject)
        .end();
    });
  expect(await Promise.all(Array.from({ length: crowd }, (_, i) => visit(i)))).toEqual(
    Array(crowd).fill(200),
  );
  // Each has two ends in this process; some of earlier tests may go meanwhile.
  expect(seen[0]! - before).toBeGreaterThan(1.5 * crowd);
});

test('who hangs up while others come in is known by its address all the same', async () => {
  const addresses: unknown[] = [];
  const url = await serve((event) => {
    addresses.push((event.requestContext as { http: { sourceIp: string } }).http.sourceIp);
    return echo(event);
  });
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end('GET /v1/forms/x HTTP/1.1\r\nhost: x\r\n\r\n');
  await vi.waitFor(() => expect(addresses).toEqual(['127.0.0.1']));
});
