import type { DeleteItemCommandInput } from '@aws-sdk/client-dynamodb';
import { conditionOf } from '../expressions/scope.ts';
import { checkedKey } from '../tables/keys.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/value.ts';
import { type OperationContext, requireMember, tableOf } from './operation.ts';
import { wholeWrite } from './single-write.ts';
import { refuseNestedKeys, type WriteRequest } from './write-decisions.ts';

/** @throws ValidationException, ResourceNotFoundException */
export const deleteRequest = (
  input: Pick<
    DeleteItemCommandInput,
    'TableName' | 'Key' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
  >,
  context: OperationContext,
): WriteRequest => {
  requireMember(input.Key, 'key');
  const { condition, scope } = conditionOf(input);
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, condition?.paths);
  const key = checkedKey(table.schema, input.Key as Item);
  return { table, key, condition, payload: itemSize(key) + scope.size, next: () => undefined };
};

export const deleteItem = wholeWrite<DeleteItemCommandInput>(deleteRequest);
