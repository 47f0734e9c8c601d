import {
  DynamoDBStreamsClient,
  type DynamoDBStreamsClientConfig,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';

/** A part of a table's stream, as Lambda names what it gave up; both ends (SequenceNumbers) belong to it. */
export interface StreamRange {
  streamArn: string;
  shardId: string;
  from: string;
  to: string;
}

/** Page by page, as Lambda would hand it to a function. @throws StreamGone */
export type ReadStream = (range: StreamRange) => AsyncIterable<DynamoDBRecord[]>;

/** A stream keeps its records for 24 hours. */
class StreamGone extends Error {
  override readonly name = 'StreamGone';
}

const goneNames = new Set(['TrimmedDataAccessException', 'ResourceNotFoundException']);
/** Pages may be empty although more follows. */
const mostEmptyPages = 50;

export const createStreamReading = (config: DynamoDBStreamsClientConfig = {}): ReadStream => {
  const client = new DynamoDBStreamsClient({ maxAttempts: 4, ...config });
  return async function* (range) {
    try {
      yield* pagesOf(client, range);
    } catch (error) {
      if (goneNames.has((error as Error).name)) throw new StreamGone(range.shardId, { cause: error });
      throw error;
    }
  };
};

async function* pagesOf(client: DynamoDBStreamsClient, range: StreamRange): AsyncGenerator<DynamoDBRecord[]> {
  const { streamArn: StreamArn, shardId: ShardId, from: SequenceNumber } = range;
  const start = { StreamArn, ShardId, SequenceNumber, ShardIteratorType: 'AT_SEQUENCE_NUMBER' as const };
  let next = (await client.send(new GetShardIteratorCommand(start))).ShardIterator;
  let found = false;
  for (let empty = 0; next !== undefined && empty < mostEmptyPages; empty++) {
    const { Records = [], NextShardIterator } = await client.send(
      new GetRecordsCommand({ ShardIterator: next }),
    );
    const wanted = Records.filter((record) => numberOf(record) <= BigInt(range.to));
    if (!found && Records[0]) refuseGap(Records[0], range);
    if (Records.length > 0) [found, empty] = [true, 0];
    if (wanted.length > 0) yield wanted.map(asHandedOver);
    if (Records.some((record) => numberOf(record) >= BigInt(range.to))) return;
    next = NextShardIterator;
  }
  if (!found) throw new StreamGone(range.shardId);
}

const numberOf = ({ dynamodb }: StreamRecord): bigint => BigInt(dynamodb?.SequenceNumber ?? 0);

const refuseGap = (first: StreamRecord, { from, shardId }: StreamRange): void => {
  if (numberOf(first) > BigInt(from)) throw new StreamGone(shardId);
};

const asHandedOver = ({ dynamodb, ...event }: StreamRecord): DynamoDBRecord => {
  const { ApproximateCreationDateTime: at, ...images } = dynamodb ?? {};
  const time = at === undefined ? {} : { ApproximateCreationDateTime: at.getTime() / 1000 };
  return { ...event, dynamodb: { ...images, ...time } } as DynamoDBRecord;
};
