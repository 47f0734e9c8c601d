import type { DeleteItemCommandInput, DeleteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import { checkedKey } from '../tables/keys.ts';
import { itemSize } from '../values/size.ts';
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
import { refuseNestedKeys, type WriteRequest } from './write-decisions.ts';

export const deleteItem: Operation<DeleteItemCommandInput, Output<DeleteItemCommandOutput>> = (
  input,
  context,
) => {
  refuseLegacy(input, legacyWrites);
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  if (input.ReturnValues && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE')
    throw validation('ReturnValues can only be ALL_OLD or NONE');
  return write(deleteRequest(input, context), input, context, (before) => before?.item);
};

/** @throws ValidationException, ResourceNotFoundException */
export const deleteRequest = (
  input: Pick<
    DeleteItemCommandInput,
    'TableName' | 'Key' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >,
  context: OperationContext,
): WriteRequest => {
  requireMember(input.Key, 'key');
  const scope = new ExpressionScope(input, ['ConditionExpression']);
  const condition = scope.condition('ConditionExpression');
  scope.finish();
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, condition?.paths);
  const key = checkedKey(table.schema, input.Key as Item);
  return { table, key, condition, payload: itemSize(key) + scope.size, next: () => undefined };
};
