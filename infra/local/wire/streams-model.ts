import { AttributeValue$ } from '@aws-sdk/client-dynamodb';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Operation, ServiceModel } from './model.ts';

/** DynamoDB Streams, written by hand: its client is loaded only when a part of a stream is read again. */
const namespace = 'com.amazonaws.dynamodb.streams';
const [text, number, time] = [0, 1, 4] as const;
type Ref = unknown;

const struct = (name: string, members: Record<string, Ref>): Ref => [
  3,
  namespace,
  name,
  0,
  Object.keys(members),
  Object.values(members),
];
const listOf = (name: string, item: Ref): Ref => [1, namespace, name, 0, item];
const item: Ref = [2, namespace, 'AttributeMap', 0, text, () => AttributeValue$];

const keySchema = listOf('KeySchema', struct('KeySchemaElement', { AttributeName: text, KeyType: text }));
const stream = struct('Stream', { StreamArn: text, StreamLabel: text, TableName: text });
const range = struct('SequenceNumberRange', { StartingSequenceNumber: text, EndingSequenceNumber: text });
const shard = struct('Shard', { ShardId: text, SequenceNumberRange: range, ParentShardId: text });
const description = struct('StreamDescription', {
  ...{ StreamArn: text, StreamLabel: text, StreamStatus: text, StreamViewType: text, TableName: text },
  ...{ CreationRequestDateTime: time, KeySchema: keySchema, Shards: listOf('Shards', shard) },
});
const change = struct('StreamRecord', {
  ...{ ApproximateCreationDateTime: time, Keys: item, NewImage: item, OldImage: item },
  ...{ SequenceNumber: text, SizeBytes: number, StreamViewType: text },
});
const record = struct('Record', {
  ...{ eventID: text, eventName: text, eventVersion: text, eventSource: text, awsRegion: text },
  ...{ dynamodb: change, userIdentity: struct('Identity', { PrincipalId: text, Type: text }) },
});

const operation = (input: Record<string, Ref>, output: Record<string, Ref>): Operation => ({
  input: normalized(struct('Input', input)),
  output: normalized(struct('Output', output)),
});
const normalized = (schema: Ref): NormalizedSchema =>
  NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);

export const streamsModel: ServiceModel = {
  name: 'dynamodb',
  protocol: 'json',
  target: 'DynamoDBStreams_20120810',
  namespace: 'com.amazonaws.dynamodb.v20120810',
  operations: new Map([
    ['ListStreams', operation({ TableName: text, Limit: number }, { Streams: listOf('Streams', stream) })],
    ['DescribeStream', operation({ StreamArn: text }, { StreamDescription: description })],
    [
      'GetShardIterator',
      operation(
        { StreamArn: text, ShardId: text, ShardIteratorType: text, SequenceNumber: text },
        { ShardIterator: text },
      ),
    ],
    [
      'GetRecords',
      operation(
        { ShardIterator: text, Limit: number },
        { Records: listOf('Records', record), NextShardIterator: text },
      ),
    ],
  ]),
  errors: new Map(),
};
