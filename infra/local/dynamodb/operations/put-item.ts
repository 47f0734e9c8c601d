import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { conditionOf } from '../expressions/scope.ts';
import { checkItemKeys, keyOf } from '../tables/keys.ts';
import { StoredItem } from '../tables/stored-item.ts';
import { canonicalItem } from '../values/canonical.ts';
import type { Item } from '../values/value.ts';
import { type OperationContext, requireMember, tableOf } from './operation.ts';
import { wholeWrite } from './single-write.ts';
import { refuseNestedKeys, sized, type WriteRequest } from './write-decisions.ts';

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
  const { condition } = conditionOf(input);
  const stored = sized(StoredItem.of(item));
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, condition?.paths);
  checkItemKeys(table.schema, item);
  return { table, key: keyOf(table.schema, item), condition, payload: stored.size, next: () => stored };
};

export const putItem = wholeWrite<PutItemCommandInput>(putRequest);
