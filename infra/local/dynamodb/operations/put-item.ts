import type { PutItemCommandInput, PutItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import { checkItemKeys, keyOf } from '../tables/keys.ts';
import { StoredItem } from '../tables/stored-item.ts';
import { canonicalItem } from '../values/canonical.ts';
import type { Item } from '../values/value.ts';
import {
  legacyWrites,
  type Operation,
  type OperationContext,
  refuseLegacy,
  requireConsumedCapacity,
  requireMember,
  tableOf,
} from './operation.ts';
import { type Output, write } from './single-write.ts';
import { refuseNestedKeys, sized, type WriteRequest } from './write-decisions.ts';

export const putItem: Operation<PutItemCommandInput, Output<PutItemCommandOutput>> = (input, context) => {
  refuseLegacy(input, legacyWrites);
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  if (input.ReturnValues && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE')
    throw validation('ReturnValues can only be ALL_OLD or NONE');
  return write(putRequest(input, context), input, context, (before) => before?.item);
};

/** @throws ValidationException, ResourceNotFoundException */
export const putRequest = (
  input: Pick<
    PutItemCommandInput,
    'TableName' | 'Item' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >,
  context: OperationContext,
): WriteRequest => {
  requireMember(input.Item, 'item');
  const item = canonicalItem(input.Item as Item);
  const scope = new ExpressionScope(input, ['ConditionExpression']);
  const condition = scope.condition('ConditionExpression');
  scope.finish();
  const stored = sized(StoredItem.of(item));
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, condition?.paths);
  checkItemKeys(table.schema, item);
  return { table, key: keyOf(table.schema, item), condition, payload: stored.size, next: () => stored };
};
