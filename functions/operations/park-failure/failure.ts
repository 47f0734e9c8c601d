import * as z from 'zod';
import type { StreamRange } from '#aws/stream-range';
import { record as takeFeedback } from '#functions/feedback/take-feedback/record';

/** Of an asynchronous call that failed at its last try (Lambda's destination). */
const callSchema = z.object({
  timestamp: z.string(),
  requestContext: z.object({ requestId: z.string(), functionArn: z.string() }),
  requestPayload: z.unknown(),
  responsePayload: z.object({ errorType: z.string() }).partial().nullish(),
});

/** Of records of a stream that were given up: where they stand in it, and not what they hold. */
const streamSchema = z.object({
  timestamp: z.string(),
  requestContext: z.object({ requestId: z.string(), functionArn: z.string(), condition: z.string() }),
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
  }),
});

/** What SNS could not hand over at all; EventBridge parks the event as it is. */
const notificationSchema = z.looseObject({ Type: z.literal('Notification') });

export interface Failure {
  function: string;
  reason: string;
  payload?: unknown;
  /** Of a stream, which has them for a day: so many, and where they stand is the payload. */
  records?: number;
}

/** What is kept of records of a stream. */
export interface LostPart {
  stream: StreamRange;
}

const nameIn = (arn: string): string => arn.split(':')[6] ?? arn;

/** @param attributes of the queue's message, as EventBridge sets them */
export const readFailure = (body: unknown, attributes: Readonly<Record<string, string>>): Failure => {
  const stream = streamSchema.safeParse(body);
  if (stream.success) {
    const { requestContext, DDBStreamBatchInfo: batch } = stream.data;
    const { condition, functionArn } = requestContext;
    return {
      ...{ function: nameIn(functionArn), reason: condition, records: batch.batchSize },
      payload: { stream: rangeOf(batch) } satisfies LostPart,
    };
  }
  const call = callSchema.safeParse(body);
  if (call.success) {
    const { requestContext, requestPayload, responsePayload } = call.data;
    return {
      function: nameIn(requestContext.functionArn),
      reason: responsePayload?.errorType ?? 'RetriesExhausted',
      payload: requestPayload,
    };
  }
  const notification = notificationSchema.safeParse(body);
  if (notification.success) return ofTopic(notification.data, attributes);
  return {
    function: nameIn(attributes.TARGET_ARN ?? ''),
    reason: attributes.ERROR_CODE ?? 'not-delivered',
    payload: body,
  };
};

type Batch = z.output<typeof streamSchema>['DDBStreamBatchInfo'];
const rangeOf = ({ streamArn, shardId, startSequenceNumber, endSequenceNumber }: Batch): StreamRange => ({
  ...{ streamArn, shardId, from: startSequenceNumber, to: endSequenceNumber },
});

/** SNS parks the notification and does not say for whom it was; one function listens to topics, and knows it as Lambda hands it over. */
const ofTopic = (sns: object, attributes: Readonly<Record<string, string>>): Failure => ({
  function: takeFeedback.name,
  reason: attributes.ErrorCode ?? 'not-delivered',
  payload: { Records: [{ EventSource: 'aws:sns', Sns: sns }] },
});
