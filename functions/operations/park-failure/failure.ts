import { z } from 'zod';

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
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
  }),
});

/** What SNS or EventBridge could not hand over at all; the body is the message itself. */
const undeliveredSchema = z.record(z.string(), z.unknown());

export interface Failure {
  function: string;
  reason: string;
  payload?: unknown;
  /** So many records of a stream, which has them for a day. */
  records?: number;
}

const nameIn = (arn: string): string => arn.split(':')[6] ?? arn;

/** @param attributes of the queue's message, as EventBridge sets them */
export const readFailure = (body: unknown, attributes: Readonly<Record<string, string>>): Failure => {
  const stream = streamSchema.safeParse(body);
  if (stream.success) {
    const { requestContext, DDBStreamBatchInfo: batch } = stream.data;
    const { condition, functionArn } = requestContext;
    return { function: nameIn(functionArn), reason: condition, records: batch.batchSize };
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
  const undelivered = undeliveredSchema.safeParse(body);
  return {
    function: nameIn(attributes.TARGET_ARN ?? ''),
    reason: attributes.ERROR_CODE ?? 'not-delivered',
    payload: undelivered.success ? asEvent(undelivered.data) : body,
  };
};

/** SNS parks the notification; the function knows it as Lambda hands it over. */
const asEvent = (body: Record<string, unknown>): unknown =>
  body.Type === 'Notification' ? { Records: [{ EventSource: 'aws:sns', Sns: body }] } : body;
