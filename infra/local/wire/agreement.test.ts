import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSendQuotaCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachineVersionsCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateTopicCommand, ListTopicsCommand, PublishCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { type Clients, createClients } from '#aws/clients';
import { createWorld, type World } from '../world.ts';
import { createWire } from './answer.ts';
import { createLocalClients } from './seams.ts';

/** What the engines answer must not depend on the way it was asked. */

const TableName = 'things';
const pk = { S: 'a' };
const role = 'arn:aws:iam::111122223333:role/wayleaf-acme-machines';
const machineArn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:m';
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 60, End: true } },
});
const mime = 'From: a@mail.acme.example\r\nTo: b@example.com\r\nSubject: x\r\n\r\nHello';

const script: Record<string, (clients: Clients) => Promise<unknown>> = {
  'make a table': ({ dynamodb }) =>
    dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'n', AttributeType: 'N' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'n', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    ),
  'describe it': ({ dynamodb }) => dynamodb.send(new DescribeTableCommand({ TableName })),
  put: ({ dynamodb }) =>
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { pk, n: { N: '1.50' }, b: { B: new Uint8Array([1, 0, 255]) }, l: { L: [{ NULL: true }] } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    ),
  'put again, and get the old': ({ dynamodb }) =>
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { pk, n: { N: '1.5' }, m: { M: { 'ä €': { BOOL: true } } } },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  'a condition that fails': ({ dynamodb }) =>
    dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { pk, n: { N: '1.5' } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  update: ({ dynamodb }) =>
    dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk, n: { N: '2' } },
        UpdateExpression: 'SET c = if_not_exists(c, :zero) + :one ADD s :s',
        ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' }, ':s': { SS: ['x', 'y'] } },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  get: ({ dynamodb }) =>
    dynamodb.send(new GetItemCommand({ TableName, Key: { pk, n: { N: '2' } }, ConsistentRead: true })),
  'get nothing': ({ dynamodb }) =>
    dynamodb.send(new GetItemCommand({ TableName, Key: { pk, n: { N: '9' } } })),
  'get many': ({ dynamodb }) =>
    dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [{ pk, n: { N: '2' } }] } } }),
    ),
  'query by pages': ({ dynamodb }) =>
    dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': pk },
        Limit: 1,
        ScanIndexForward: false,
      }),
    ),
  scan: ({ dynamodb }) => dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' })),
  'a transaction that is cancelled': ({ dynamodb }) =>
    dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: { S: 'b' }, n: { N: '1' } } } },
          {
            ConditionCheck: {
              TableName,
              Key: { pk, n: { N: '2' } },
              ConditionExpression: 'c > :c',
              ExpressionAttributeValues: { ':c': { N: '5' } },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    ),
  'a transaction': ({ dynamodb }) =>
    dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Delete: { TableName, Key: { pk, n: { N: '2' } } } }],
      }),
    ),
  delete: ({ dynamodb }) =>
    dynamodb.send(
      new DeleteItemCommand({ TableName, Key: { pk, n: { N: '1.5' } }, ReturnValues: 'ALL_OLD' }),
    ),
  'a table that is not there': ({ dynamodb }) =>
    dynamodb.send(new GetItemCommand({ TableName: 'nowhere', Key: { pk } })),
  'an invalid expression': ({ dynamodb }) =>
    dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk == :p',
        ExpressionAttributeValues: { ':p': pk },
      }),
    ),
  'make a machine': ({ sfn }) =>
    sfn.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn: role, publish: true })),
  'list its versions': ({ sfn }) =>
    sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn: machineArn })),
  start: ({ sfn }) =>
    sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${machineArn}:1`, name: 'one', input: '{"a":1}' }),
    ),
  'look at it': ({ sfn }) => sfn.send(new DescribeExecutionCommand({ executionArn: executionOf('one') })),
  'its history': ({ sfn }) => sfn.send(new GetExecutionHistoryCommand({ executionArn: executionOf('one') })),
  'start it otherwise': ({ sfn }) =>
    sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${machineArn}:1`, name: 'one', input: '{"a":2}' }),
    ),
  stop: ({ sfn }) =>
    sfn.send(new StopExecutionCommand({ executionArn: executionOf('one'), error: 'E', cause: 'c' })),
  'look at none': ({ sfn }) => sfn.send(new DescribeExecutionCommand({ executionArn: executionOf('two') })),
  'a token that is none': ({ sfn }) => sfn.send(new SendTaskSuccessCommand({ taskToken: 'x', output: '{}' })),
  'a machine that is wrong': ({ sfn }) =>
    sfn.send(new CreateStateMachineCommand({ name: 'w', definition: '{}', roleArn: role })),
  'send a mail': ({ ses }) =>
    ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: new Uint8Array(Buffer.from(mime)) },
        Tags: [{ Name: 'sendId', Value: 's' }],
      }),
    ),
  'send nothing': ({ ses }) => ses.send(new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array() } })),
  'send as somebody else': ({ ses }) =>
    ses.send(
      new SendRawEmailCommand({
        RawMessage: { Data: new Uint8Array(Buffer.from(mime.replace('acme', 'other'))) },
      }),
    ),
  'ask for the quota': ({ ses }) => ses.send(new GetSendQuotaCommand({})),
  'make a topic': ({ sns }) => sns.send(new CreateTopicCommand({ Name: 'news' })),
  publish: ({ sns }) => sns.send(new PublishCommand({ PhoneNumber: '+15550100', Message: 'Hi' })),
  'publish to nobody': ({ sns }) => sns.send(new PublishCommand({ Message: 'Hi' })),
  'publish to no topic': ({ sns }) =>
    sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-central-1:111122223333:none', Message: 'Hi' })),
  'list topics': ({ sns }) => sns.send(new ListTopicsCommand({})),
};
const executionOf = (name: string): string => `arn:aws:states:eu-central-1:111122223333:execution:m:${name}`;

/** Ids are made anew in each world, and a request id with each request. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member) => {
      if (
        key === 'requestId' ||
        key === 'RequestId' ||
        key === 'MessageId' ||
        key === 'TableId' ||
        key === 'stateMachineRevisionId' ||
        key === 'revisionId'
      )
        return 'an id';
      return member instanceof Uint8Array ? [...member] : member;
    }),
  );

const play = async (world: World, clients: Clients): Promise<Record<string, unknown>> => {
  const told: Record<string, unknown> = {};
  for (const [what, ask] of Object.entries(script)) {
    told[what] = await ask(clients).then(comparable, (error: Error) => ({
      refused: error.name,
      by: error.constructor.name,
      message: error.message,
      fields: comparable({ ...error, $response: undefined, name: undefined }),
    }));
    await world.drain();
  }
  return told;
};

const open = () => createWorld({ manifest: [], start: Date.parse('2026-03-02T09:00:00Z'), seed: 1 });

test('wire, direct and HTTP answer alike, whatever is asked', async () => {
  const [one, two, three] = [await open(), await open(), await open()];
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const { url } = await three.listen({ port: 0 });
  const direct = await play(one, one.clients);
  const wire = await play(two, createLocalClients(two.services, { seam: 'wire', region: 'eu-central-1' }));
  const http = await play(three, createClients({ region: 'eu-central-1', endpoint: url, credentials }));
  expect(wire).toEqual(direct);
  expect(http).toEqual(direct);
  const refused = Object.entries(direct).filter(([, answer]) => (answer as { refused?: string }).refused);
  expect(
    Object.fromEntries(refused.map(([what, answer]) => [what, (answer as { refused: string }).refused])),
  ).toEqual({
    'a condition that fails': 'ConditionalCheckFailedException',
    'a transaction that is cancelled': 'TransactionCanceledException',
    'a table that is not there': 'ResourceNotFoundException',
    'an invalid expression': 'ValidationException',
    'start it otherwise': 'ExecutionAlreadyExists',
    'look at none': 'ExecutionDoesNotExist',
    'a token that is none': 'InvalidToken',
    'a machine that is wrong': 'InvalidDefinition',
    'send nothing': 'InvalidParameterValue',
    'send as somebody else': 'MessageRejected',
    'publish to nobody': 'InvalidParameterException',
    'publish to no topic': 'NotFoundException',
  });
  for (const each of [one, two, three]) await each.close();
});

test('the stream of a table is read as DynamoDB Streams tells it', async () => {
  const world = await open();
  const wire = createWire(world.services);
  const ask = async (operation: string, input: object) => {
    const headers = { 'x-amz-target': `DynamoDBStreams_20120810.${operation}` };
    const { body } = await wire({ headers, body: JSON.stringify(input) });
    return JSON.parse(Buffer.from(body).toString());
  };
  for (const what of ['make a table', 'put'] as const) await script[what]!(world.clients);
  const { Streams } = await ask('ListStreams', { TableName });
  const { StreamArn } = Streams[0];
  const { StreamDescription } = await ask('DescribeStream', { StreamArn });
  const { ShardId } = StreamDescription.Shards[0];
  const { ShardIterator } = await ask('GetShardIterator', {
    StreamArn,
    ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const { Records } = await ask('GetRecords', { ShardIterator });
  expect(Records).toMatchObject([
    {
      eventName: 'INSERT',
      dynamodb: { Keys: { pk }, NewImage: { b: { B: 'AQD/' } }, ApproximateCreationDateTime: 1772442000 },
    },
  ]);
  await world.close();
});
