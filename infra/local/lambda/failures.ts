import { newId } from '#kernel/ids';
import { onlyShard } from '../dynamodb/streams/operations.ts';
import { FunctionFailed } from './functions.ts';

interface Failed {
  functionName: string;
  error: unknown;
  event: unknown;
  now: number;
}

interface StreamEvent {
  Records?: { eventSourceARN?: string; dynamodb?: { SequenceNumber?: string } }[];
}

/** A message of the queue of failures: as Lambda's destinations write it, of a stream without what it held. */
export const failureEvent = ({ functionName, error, event, now }: Failed) => {
  const requestContext = {
    requestId: newId(),
    functionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    condition: 'RetriesExhausted',
  };
  const records = (event as StreamEvent | null)?.Records?.filter(({ dynamodb }) => dynamodb) ?? [];
  const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
  const about =
    records.length > 0
      ? {
          DDBStreamBatchInfo: {
            streamArn: records[0]?.eventSourceARN,
            shardId: onlyShard,
            startSequenceNumber: numbers[0],
            endSequenceNumber: numbers.at(-1),
            batchSize: records.length,
          },
        }
      : { requestPayload: event, responsePayload: { errorType: typeOf(error) } };
  const body = JSON.stringify({ timestamp: new Date(now).toISOString(), requestContext, ...about });
  return { Records: [{ messageId: newId(), body, messageAttributes: {} }] };
};

const typeOf = (error: unknown): string =>
  error instanceof FunctionFailed ? error.errorType : error instanceof Error ? error.name : 'Error';
