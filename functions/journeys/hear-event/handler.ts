import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { inLanes } from '#kernel/lanes';
import { eventOfItem, type StoredEvent } from '#store/contacts/events';
import { hear } from '../hearing/hear.ts';
import { openServices, type Services } from '../services.ts';

/** How many contacts are served at once. */
const lanes = 8;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return (event) => hearBatch(services, event as DynamoDBStreamEvent);
};

/**
 * A contact's events in their order, different contacts side by side. What fails is reported, with all
 * that follows it for the same contact; doing it again is harmless.
 */
const hearBatch = async (
  services: Services,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> => {
  await services.catalogue.renew();
  const queues = [...Map.groupBy(Records, contactKey).values()];
  const failed = (await inLanes(lanes, queues, (queue) => hearInOrder(services, queue))).flat();
  return {
    batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
};

const contactKey = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.pk?.S ?? '';

const eventOf = ({ dynamodb }: DynamoDBRecord): StoredEvent | undefined =>
  dynamodb?.NewImage && eventOfItem(unmarshall(dynamodb.NewImage as Record<string, AttributeValue>));

/** The records that were not heard. */
const hearInOrder = async (services: Services, queue: DynamoDBRecord[]): Promise<DynamoDBRecord[]> => {
  for (const [i, record] of queue.entries()) {
    const event = eventOf(record);
    if (event?.state !== 'accepted') continue;
    try {
      await hear(services, event);
    } catch (error) {
      services.context.log.error('event-not-heard', { event: event.id, ...describeError(error) });
      return queue.slice(i);
    }
  }
  return [];
};
