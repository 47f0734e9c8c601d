import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { readErasure } from '#store/contacts/erasures';
import { parkCall } from '#store/parked';
import { openStore, type Store } from '#store/store';
import { readFailure } from './failure.ts';

interface Services {
  store: Store;
  context: FunctionContext;
}

/** Of a run or a message, which begins with its contact's. */
const contactIds = /(?<![0-9a-z])([0-9a-z]{20})-[0-9a-z]{20}(?![0-9a-z])/;

const park = async ({ store, context }: Services, record: SQSRecord): Promise<void> => {
  const attributes = Object.fromEntries(
    Object.entries(record.messageAttributes ?? {}).map(([name, { stringValue = '' }]) => [name, stringValue]),
  );
  const failure = readFailure(JSON.parse(record.body), attributes);
  const name = failure.function.replace(new RegExp(`^wayleaf-${context.settings.client}-`), '');
  const { reason, records } = failure;
  // Stored events keep their mark until they are heard: the sweep finds them without the stream.
  if (name === 'hear-event') return context.log.warn('stream-given-up', { by: name, records, reason });
  const payload = failure.payload === undefined ? undefined : JSON.stringify(failure.payload);
  const [, contact] = contactIds.exec(payload ?? '') ?? [];
  if (contact && (await readErasure(store, contact))) return;
  const id = derivedId('parked', record.messageId);
  await parkCall(store, {
    ...{ id, at: iso(store.clock.now()), function: name, reason },
    ...{ contact, payload },
  });
  context.log.error('call-quarantined', { id, by: name, reason, ...(records !== undefined && { records }) });
};

const parkAll = async (services: Services, { Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of Records)
    await park(services, record).catch((error: Error) => {
      services.context.log.error('not-parked', { message: record.messageId, ...describeError(error) });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    });
  return { batchItemFailures };
};

/** The queue keeps what cannot be parked now, for 14 days. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return (event) => parkAll({ store, context }, event as SQSEvent);
};
