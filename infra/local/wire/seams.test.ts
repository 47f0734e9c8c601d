import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSendQuotaCommand, MessageRejected, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { DescribeExecutionCommand, ExecutionDoesNotExist, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { InvalidParameterException, PublishCommand } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, test } from 'vitest';
import type { Clients } from '#aws/clients';
import { createClients } from '#aws/clients';
import { AwsError } from '../aws-error.ts';
import { serveWire } from './http.ts';
import { LostConnection } from './lost-connection.ts';
import type { Execute, Services } from './model.ts';
import { createLocalClients } from './seams.ts';

/** An engine that remembers what it was asked and answers as told. */
const scripted = () => {
  const asked: { operation: string; input: unknown }[] = [];
  let reply: () => unknown = () => ({});
  const execute: Execute = async (operation, input) => {
    asked.push({ operation, input });
    return reply();
  };
  const services: Services = {
    dynamodb: execute,
    secretsmanager: execute,
    sfn: execute,
    ses: execute,
    sns: execute,
  };
  const answers = (value: unknown) => {
    reply = () => value;
  };
  const refuses = (error: unknown) => {
    reply = () => {
      throw error;
    };
  };
  return { asked, services, answers, refuses };
};

const toClose: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of toClose.splice(0)) await server.close();
});

const connect: Record<string, (services: Services) => Promise<Clients>> = {
  wire: async (services) => createLocalClients(services, { seam: 'wire', region: 'eu-central-1' }),
  direct: async (services) => createLocalClients(services, { seam: 'direct', region: 'eu-central-1' }),
  http: async (services) => {
    const server = await serveWire(services);
    toClose.push(server);
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    return createClients({ region: 'eu-central-1', endpoint: server.url, credentials });
  },
};

const caught = (promise: Promise<unknown>): Promise<Error & Record<string, unknown>> =>
  promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error) => error,
  );

describe.each(Object.keys(connect))('over %s', (seam) => {
  const start = async () => {
    const engine = scripted();
    return { ...engine, clients: await connect[seam]!(engine.services) };
  };

  test('an item goes in as it was given, bytes and all', async () => {
    const { clients, asked } = await start();
    const Item = {
      pk: { S: 'ä€😀 "quoted"\n' },
      n: { N: '1e400' },
      b: { B: new Uint8Array([0, 255, 128]) },
      deep: {
        L: [{ M: { x: { NULL: true } } }, { BOOL: false }, { SS: ['a'] }, { BS: [new Uint8Array([1])] }],
      },
    };
    await clients.dynamodb.send(new PutItemCommand({ TableName: 't', Item, ConditionExpression: undefined }));
    expect(asked).toEqual([{ operation: 'PutItem', input: { TableName: 't', Item } }]);
  });

  test('an item comes out as it is kept, with the metadata of an answer', async () => {
    const { clients, answers } = await start();
    const Item = {
      b: { B: new Uint8Array([1, 2]) },
      m: { M: { constructor: { S: 'x' } } },
      empty: { L: [] },
    };
    answers({ Item, ConsumedCapacity: undefined });
    const output = await clients.dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} }));
    expect(output.Item).toEqual(Item);
    expect(Object.keys(output).sort()).toEqual(['$metadata', 'Item']);
    expect(output.$metadata).toEqual({
      httpStatusCode: 200,
      requestId: expect.any(String),
      extendedRequestId: undefined,
      cfId: undefined,
      attempts: 1,
      totalRetryDelay: 0,
    });
  });

  test('what a caller changes afterwards changes nothing that is kept', async () => {
    const { clients, asked, answers } = await start();
    const kept = { Item: { tags: { L: [{ S: 'a' }] }, b: { B: new Uint8Array([1]) } } };
    answers(kept);
    const given = { tags: { L: [{ S: 'a' }] } };
    await clients.dynamodb.send(new PutItemCommand({ TableName: 't', Item: given }));
    given.tags.L.push({ S: 'b' });
    expect(asked[0]?.input).toEqual({ TableName: 't', Item: { tags: { L: [{ S: 'a' }] } } });

    const { Item } = await clients.dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} }));
    Item!.tags!.L!.push({ S: 'b' });
    Item!.b!.B![0] = 9;
    expect(kept).toEqual({ Item: { tags: { L: [{ S: 'a' }] }, b: { B: new Uint8Array([1]) } } });
  });

  test('times keep their milliseconds', async () => {
    const { clients, answers } = await start();
    const startDate = new Date('2026-03-01T08:00:00.123Z');
    answers({ executionArn: 'arn', startDate });
    const output = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: 'm', name: 'n' }));
    expect(output.startDate).toEqual(startDate);
    answers({ Table: { CreationDateTime: startDate, ItemCount: 3 } });
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: 't' }));
    expect(Table).toEqual({ CreationDateTime: startDate, ItemCount: 3 });
  });

  test('a failed condition is the class that the SDK exports, with the item', async () => {
    const { clients, refuses } = await start();
    const Item = { pk: { S: 'a' }, b: { B: new Uint8Array([7]) } };
    refuses(new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { Item }));
    const error = await caught(clients.dynamodb.send(new PutItemCommand({ TableName: 't', Item: {} })));
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      $fault: 'client',
      Item,
      $metadata: { httpStatusCode: 400, attempts: 1, totalRetryDelay: 0 },
    });
  });

  test('a cancelled transaction gives the reasons of its parts', async () => {
    const { clients, refuses } = await start();
    const CancellationReasons = [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' } } },
    ];
    refuses(new AwsError('TransactionCanceledException', 'cancelled', { CancellationReasons }));
    const error = await caught(clients.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })));
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({ message: 'cancelled', CancellationReasons });
  });

  test('an error that the SDK has no class for keeps its name', async () => {
    const { clients, refuses } = await start();
    refuses(new AwsError('ValidationException', 'One or more parameter values were invalid'));
    const error = await caught(clients.dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} })));
    expect(error).toBeInstanceOf(DynamoDBServiceException);
    expect(error).toMatchObject({ name: 'ValidationException', message: /^One or more/ });
  });

  test('errors of Step Functions keep their class', async () => {
    const { clients, refuses } = await start();
    refuses(new AwsError('ExecutionDoesNotExist', 'Execution Does Not Exist'));
    const error = await caught(clients.sfn.send(new DescribeExecutionCommand({ executionArn: 'e' })));
    expect(error).toBeInstanceOf(ExecutionDoesNotExist);
    expect(error.message).toBe('Execution Does Not Exist');
  });

  test('a mail goes in byte by byte, with its tags in order', async () => {
    const { clients, asked, answers } = await start();
    answers({ MessageId: 'm-1' });
    const Data = new Uint8Array(3000).map((_, i) => i % 256);
    const Tags = [...Array(12).keys()].map((i) => ({ Name: `n${i}`, Value: `v ${i}&=+%` }));
    const input = { RawMessage: { Data }, Destinations: ['a@b.example'], Tags, ConfigurationSetName: 'c' };
    const output = await clients.ses.send(new SendRawEmailCommand(input));
    expect(output.MessageId).toBe('m-1');
    expect(output.$metadata.requestId).toEqual(expect.any(String));
    expect(asked).toEqual([{ operation: 'SendRawEmail', input }]);
  });

  test('an operation without input or with numbers for an answer works', async () => {
    const { clients, asked, answers } = await start();
    answers({ Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: 0.5 });
    const { $metadata, ...quota } = await clients.ses.send(new GetSendQuotaCommand({}));
    expect(quota).toEqual({ Max24HourSend: 50000, MaxSendRate: 14, SentLast24Hours: 0.5 });
    expect(asked).toEqual([{ operation: 'GetSendQuota', input: {} }]);
  });

  test('a text goes in with its attributes', async () => {
    const { clients, asked, answers } = await start();
    answers({ MessageId: '<&">' });
    const input = {
      PhoneNumber: '+15550100',
      Message: 'Hi & <bye>\r\n€',
      MessageAttributes: {
        sendId: { DataType: 'String', StringValue: 's.1' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    };
    const output = await clients.sns.send(new PublishCommand(input));
    expect(output.MessageId).toBe('<&">');
    expect(asked).toEqual([{ operation: 'Publish', input }]);
  });

  test('errors of the query services keep their class', async () => {
    const { clients, refuses } = await start();
    refuses(new AwsError('MessageRejected', 'Email address is not verified.'));
    const rejected = await caught(
      clients.ses.send(new SendRawEmailCommand({ RawMessage: { Data: new Uint8Array([1]) } })),
    );
    expect(rejected).toBeInstanceOf(MessageRejected);
    expect(rejected).toMatchObject({ name: 'MessageRejected', message: 'Email address is not verified.' });
    refuses(new AwsError('InvalidParameterException', 'Invalid parameter: PhoneNumber'));
    const invalid = await caught(clients.sns.send(new PublishCommand({ Message: 'x' })));
    expect(invalid).toBeInstanceOf(InvalidParameterException);
    expect(invalid).toMatchObject({ message: 'Invalid parameter: PhoneNumber', $fault: 'client' });
  });

  test('refuses a value of the wrong type before any engine sees it', async () => {
    const { clients, asked } = await start();
    const TableName = 5 as unknown as string;
    const error = await caught(clients.dynamodb.send(new GetItemCommand({ TableName, Key: {} })));
    expect(error.name).toBe('SerializationException');
    expect(asked).toEqual([]);
  });

  test('a line that goes dead is no answer of the service', async () => {
    const { clients, refuses } = await start();
    refuses(new LostConnection());
    const error = await caught(clients.ses.send(new GetSendQuotaCommand({})));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(error.$metadata ?? {}).not.toHaveProperty('httpStatusCode');
  });

  test('a fault of the engine itself is an internal error, not a refusal', async () => {
    const { clients, refuses } = await start();
    refuses(new RangeError('out of paper'));
    const error = await caught(clients.ses.send(new GetSendQuotaCommand({})));
    expect(error).toMatchObject({ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } });
    expect(error.message).toContain('out of paper');
  });
});
