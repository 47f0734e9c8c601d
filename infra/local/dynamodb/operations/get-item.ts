import type { GetItemCommandInput, GetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { Consumption, readUnits } from '../capacity.ts';
import { project } from '../expressions/project.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import type { Path } from '../expressions/syntax.ts';
import { checkedKey, placeOf } from '../tables/keys.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/value.ts';
import {
  legacyReads,
  type Operation,
  type OperationContext,
  refuseLegacy,
  requireConsumedCapacity,
  requireMember,
  tableOf,
} from './operation.ts';
import type { Output } from './single-write.ts';
import { refuseNestedKeys } from './write-decisions.ts';

export const getItem: Operation<GetItemCommandInput, Output<GetItemCommandOutput>> = (input, context) => {
  refuseLegacy(input, legacyReads);
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  const { table, key, projection } = getRequest(input, context);
  const found = table.get(placeOf(table.schema, key));
  const consumption = new Consumption(table.schema.name, 'read').add(
    readUnits(found?.size ?? 0, input.ConsistentRead === true),
  );
  context.used(consumption);
  const capacity = consumption.toOutput(input.ReturnConsumedCapacity);
  return {
    ...(found ? { Item: projectedItem(found, projection) as never } : {}),
    ...(capacity ? { ConsumedCapacity: capacity } : {}),
  };
};

export interface GetRequest {
  table: Table;
  key: Item;
  projection: readonly Path[] | undefined;
}

/** @throws ValidationException, ResourceNotFoundException */
export const getRequest = (
  input: Pick<GetItemCommandInput, 'TableName' | 'Key' | 'ProjectionExpression' | 'ExpressionAttributeNames'>,
  context: OperationContext,
): GetRequest => {
  requireMember(input.Key, 'key');
  const scope = new ExpressionScope(input, ['ProjectionExpression']);
  const projection = scope.projection();
  scope.finish();
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, projection);
  return { table, key: checkedKey(table.schema, input.Key as Item), projection };
};

export const projectedItem = (stored: StoredItem, projection: readonly Path[] | undefined): Item =>
  projection ? project(stored.item, projection) : stored.item;
