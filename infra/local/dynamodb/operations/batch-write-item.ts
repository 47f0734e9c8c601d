import type { BatchWriteItemCommandInput, BatchWriteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { Consumption } from '../capacity.ts';
import { validation } from '../errors.ts';
import { placeOf } from '../tables/keys.ts';
import { deleteRequest } from './delete-item.ts';
import {
  type Operation,
  type OperationContext,
  requireConsumedCapacity,
  requireMember,
} from './operation.ts';
import { putRequest } from './put-item.ts';
import { placeText, refuseRepeats } from './repeats.ts';
import type { Output } from './single-write.ts';
import { decide, type WriteRequest } from './write-decisions.ts';

const mostWrites = 25;

type Requests = NonNullable<BatchWriteItemCommandInput['RequestItems']>;

/** Writes without conditions; none is left unprocessed. */
export const batchWriteItem: Operation<BatchWriteItemCommandInput, Output<BatchWriteItemCommandOutput>> = (
  input,
  context,
) => {
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  const plans = checkedRequests(input).map(([name, requests]) => tablePlan(name, requests, context));
  for (const { changes } of plans) context.apply(changes);
  const capacities = plans.map(({ changes, name }) => {
    const consumption = new Consumption(name, 'write');
    for (const change of changes) consumption.addWrite(change);
    context.used(consumption);
    return consumption.toOutput(input.ReturnConsumedCapacity);
  });
  return {
    UnprocessedItems: {},
    ...(capacities[0] ? { ConsumedCapacity: capacities.flatMap((c) => c ?? []) } : {}),
  };
};

const checkedRequests = ({ RequestItems }: BatchWriteItemCommandInput): [string, Requests[string]][] => {
  requireMember(RequestItems, 'requestItems');
  const tables = Object.entries(RequestItems ?? {});
  if (tables.length === 0) throw validation('BatchWriteItem cannot have a null or no requests set');
  for (const [name, requests] of tables)
    if (!requests || requests.length === 0)
      throw validation(`The batch write request list for a table cannot be null or empty: ${name}`);
  if (tables.reduce((sum, [, requests]) => sum + requests.length, 0) > mostWrites)
    throw validation('Too many items requested for the BatchWriteItem call');
  return tables;
};

const tablePlan = (name: string, requests: Requests[string], context: OperationContext) => {
  const writes = requests.map((request) => toWrite(name, request, context));
  refuseRepeats(
    writes.map(({ table, key }) => placeText(placeOf(table.schema, key))),
    'Provided list of item keys contains duplicates',
  );
  return { name: writes[0]!.table.schema.name, changes: writes.map((write) => decide(write).change) };
};

const toWrite = (
  name: string,
  { PutRequest, DeleteRequest }: Requests[string][number],
  context: OperationContext,
): WriteRequest => {
  if (PutRequest && !DeleteRequest) return putRequest({ TableName: name, Item: PutRequest.Item }, context);
  if (DeleteRequest && !PutRequest)
    return deleteRequest({ TableName: name, Key: DeleteRequest.Key }, context);
  throw validation(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
};
