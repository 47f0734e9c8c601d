import { AwsError } from '../../aws-error.ts';
import { notFound, validation } from '../errors.ts';
import { constraint, type Operation, type OperationContext } from '../operations/operation.ts';
import type { Table } from '../tables/table.ts';
import { formIterator, readIterator } from './iterator.ts';
import { fromSequenceNumber, type StreamRecord, toRecord, toSequenceNumber } from './record.ts';

/** Each stream is one open shard: the whole table in one order. */
export const onlyShard = 'shardId-00000000000000000001-00000001';
const mostRecords = 1000;

export interface ListStreamsInput {
  TableName?: string | undefined;
}
export const listStreams: Operation<ListStreamsInput, { Streams: object[] }> = (
  { TableName },
  { catalogue },
) => ({
  Streams: catalogue
    .all()
    .filter(({ schema }) => schema.stream && (TableName === undefined || schema.name === TableName))
    .map(({ schema }) => ({
      StreamArn: schema.stream!.arn,
      StreamLabel: schema.stream!.label,
      TableName: schema.name,
    })),
});

export interface DescribeStreamInput {
  StreamArn?: string | undefined;
}
export const describeStream: Operation<DescribeStreamInput, { StreamDescription: object }> = (
  { StreamArn },
  context,
) => {
  const { schema } = streamTable(context, StreamArn);
  return {
    StreamDescription: {
      StreamArn: schema.stream!.arn,
      StreamLabel: schema.stream!.label,
      StreamStatus: 'ENABLED',
      StreamViewType: schema.stream!.viewType,
      TableName: schema.name,
      KeySchema: schema.definition.KeySchema,
      CreationRequestDateTime: new Date(schema.createdAt),
      Shards: [{ ShardId: onlyShard, SequenceNumberRange: { StartingSequenceNumber: toSequenceNumber(1) } }],
    },
  };
};

export interface GetShardIteratorInput {
  StreamArn?: string | undefined;
  ShardId?: string | undefined;
  ShardIteratorType?: string | undefined;
  SequenceNumber?: string | undefined;
}
export const getShardIterator: Operation<GetShardIteratorInput, { ShardIterator: string }> = (
  input,
  context,
) => {
  const table = streamTable(context, input.StreamArn);
  if (input.ShardId !== onlyShard) throw notFound(`Requested resource not found: Shard: ${input.ShardId}`);
  const after = positionOf(input, table, context);
  return {
    ShardIterator: formIterator({ arn: table.schema.stream!.arn, after, at: context.clock.now() }),
  };
};

const positionOf = (
  { ShardIteratorType: type, SequenceNumber }: GetShardIteratorInput,
  table: Table,
  { clock }: OperationContext,
): number => {
  const { oldest, newest } = table.stream.ends(clock.now());
  if (type === 'TRIM_HORIZON') return 0;
  if (type === 'LATEST') return newest;
  if (type !== 'AT_SEQUENCE_NUMBER' && type !== 'AFTER_SEQUENCE_NUMBER')
    throw constraint(
      type,
      'shardIteratorType',
      'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
    );
  if (!SequenceNumber) throw validation('The SequenceNumber parameter is required for this iterator type');
  const after = fromSequenceNumber(SequenceNumber) - (type === 'AT_SEQUENCE_NUMBER' ? 1 : 0);
  if (after + 1 < oldest)
    throw new AwsError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard',
    );
  return after;
};

export interface GetRecordsInput {
  ShardIterator?: string | undefined;
  Limit?: number | undefined;
}
export const getRecords: Operation<
  GetRecordsInput,
  { Records: StreamRecord[]; NextShardIterator: string }
> = ({ ShardIterator, Limit = mostRecords }, context) => {
  if (Limit < 1 || Limit > mostRecords)
    throw constraint(Limit, 'limit', `Member must have value between 1 and ${mostRecords}`);
  const { arn, after } = readIterator(ShardIterator, context.clock.now());
  const { schema, stream } = streamTable(context, arn);
  const rows = stream.read(after, Limit, context.clock.now());
  return {
    Records: rows.map((row) => toRecord(schema, row)),
    NextShardIterator: formIterator({
      arn,
      after: rows.at(-1)?.sequence ?? after,
      at: context.clock.now(),
    }),
  };
};

const streamTable = ({ catalogue }: OperationContext, arn: string | undefined): Table => {
  const table = catalogue.all().find(({ schema }) => schema.stream?.arn === arn);
  if (!table) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return table;
};
