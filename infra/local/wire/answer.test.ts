import { expect, test } from 'vitest';
import { AwsError } from '../aws-error.ts';
import { createWire } from './answer.ts';
import { serveWire } from './http.ts';
import type { Execute } from './model.ts';

const wire = (execute: Execute) =>
  createWire({ dynamodb: execute, secretsmanager: execute, sfn: execute, ses: execute, sns: execute });
const nothing: Execute = async () => ({});
const ask = async (target: string, body: string, execute = nothing) => {
  const answer = await wire(execute)({ headers: { 'x-amz-target': target }, body });
  return { ...answer, json: JSON.parse(Buffer.from(answer.body).toString()) };
};
const post = async (form: Record<string, string>, execute = nothing) => {
  const answer = await wire(execute)({ headers: {}, body: new URLSearchParams(form).toString() });
  return { ...answer, xml: Buffer.from(answer.body).toString() };
};

test('bytes are base64 and times are seconds on the wire, both ways', async () => {
  const asked: unknown[] = [];
  const execute: Execute = async (_operation, input) => {
    asked.push(input);
    return { Item: { b: { B: new Uint8Array([255]) } } };
  };
  const { json, headers } = await ask(
    'DynamoDB_20120810.GetItem',
    '{"Key":{"b":{"B":"/w=="}},"Unknown":1}',
    execute,
  );
  expect(asked).toEqual([{ Key: { b: { B: new Uint8Array([255]) } } }]);
  expect(json).toEqual({ Item: { b: { B: '/w==' } } });
  expect(headers['content-type']).toBe('application/x-amz-json-1.0');
  const started = await ask('AWSStepFunctions.StartExecution', '{}', async () => ({
    startDate: new Date(1500),
  }));
  expect(started.json).toEqual({ startDate: 1.5 });
});

test('an error tells its type with the namespace, as the services do', async () => {
  const { json, statusCode } = await ask('DynamoDB_20120810.GetItem', '{}', async () => {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  });
  expect(statusCode).toBe(400);
  expect(json).toEqual({
    __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
    message: 'Requested resource not found',
  });
});

test.each([
  ['a body that is no JSON', 'DynamoDB_20120810.GetItem', '{', 'SerializationException'],
  ['base64 that is none', 'DynamoDB_20120810.PutItem', '{"Item":{"a":{"B":"*"}}}', 'SerializationException'],
  ['a list where a map belongs', 'DynamoDB_20120810.PutItem', '{"Item":[]}', 'SerializationException'],
  ['an unknown operation', 'DynamoDB_20120810.Frobnicate', '{}', 'UnknownOperationException'],
  ['an unknown service', 'Kinesis_20131202.PutRecord', '{}', 'UnknownOperationException'],
])('refuses %s', async (_what, target, body, name) => {
  const { json, statusCode } = await ask(target, body);
  expect(statusCode).toBe(400);
  expect(json.__type).toContain(`#${name}`);
});

test('refuses an unknown action and an unknown version of the query protocol', async () => {
  expect((await post({ Action: 'Frobnicate', Version: '2010-12-01' })).xml).toContain(
    '<Code>InvalidAction</Code>',
  );
  expect((await post({ Action: 'Publish', Version: '1999-01-01' })).xml).toContain(
    '<Code>NoSuchVersion</Code>',
  );
});

test('attributes named like members of every object are kept as data', async () => {
  const asked: { Item?: object }[] = [];
  await ask(
    'DynamoDB_20120810.PutItem',
    '{"Item":{"__proto__":{"S":"x"},"constructor":{"S":"y"}}}',
    async (_o, input) => {
      asked.push(input as object);
      return {};
    },
  );
  expect(Object.keys(asked[0]?.Item ?? {})).toEqual(['__proto__', 'constructor']);
});

test('xml answers carry a result and a request id', async () => {
  const { xml } = await post({ Action: 'Publish', Version: '2010-03-31', Message: 'x' }, async () => ({
    MessageId: 'a<b',
  }));
  expect(xml).toMatch(
    /^<PublishResponse xmlns="http:\/\/sns[^"]+"><PublishResult><MessageId>a&lt;b<\/MessageId><\/PublishResult><ResponseMetadata><RequestId>\w+<\/RequestId><\/ResponseMetadata><\/PublishResponse>$/,
  );
});

test('refuses a request that is larger than any of the services takes', async () => {
  const { url, close } = await serveWire({
    dynamodb: nothing,
    secretsmanager: nothing,
    sfn: nothing,
    ses: nothing,
    sns: nothing,
  });
  const body = 'x'.repeat(25 * 1024 * 1024);
  const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
  const status = await fetch(url, { method: 'POST', headers, body }).then(
    (answer) => answer.status,
    () => 'broken off',
  );
  expect([413, 'broken off']).toContain(status);
  const next = await fetch(url, { method: 'POST', headers, body: '{}' });
  expect(next.status).toBe(200);
  await close();
});
