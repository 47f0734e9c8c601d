import type { UpdateItemCommandInput, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { targetsOf } from '../expressions/apply-update.ts';
import { project } from '../expressions/project.ts';
import { type Bound, ExpressionScope } from '../expressions/scope.ts';
import type { Path, Update } from '../expressions/syntax.ts';
import { checkedKey } from '../tables/keys.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/value.ts';
import {
  legacyWrites,
  type Operation,
  type OperationContext,
  refuseLegacy,
  requireConsumedCapacity,
  requireEnum,
  requireMember,
  tableOf,
} from './operation.ts';
import { type Output, write } from './single-write.ts';
import { checkTargets, refuseNestedKeys, updated, type WriteRequest } from './write-decisions.ts';

export const updateItem: Operation<UpdateItemCommandInput, Output<UpdateItemCommandOutput>> = (
  input,
  context,
) => {
  refuseLegacy(input, legacyWrites);
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  requireEnum(input.ReturnValues, 'returnValues', [
    'ALL_NEW',
    'UPDATED_OLD',
    'ALL_OLD',
    'NONE',
    'UPDATED_NEW',
  ]);
  const request = updateRequest(input, context);
  return write(request, input, context, (before, after) =>
    returnedAttributes(input.ReturnValues, request.targets, before, after),
  );
};

/** @throws ValidationException, ResourceNotFoundException */
export const updateRequest = (
  input: Pick<
    UpdateItemCommandInput,
    | 'TableName'
    | 'Key'
    | 'UpdateExpression'
    | 'ConditionExpression'
    | 'ExpressionAttributeNames'
    | 'ExpressionAttributeValues'
  >,
  context: OperationContext,
): WriteRequest & { targets: readonly Path[] } => {
  requireMember(input.Key, 'key');
  const scope = new ExpressionScope(input, ['UpdateExpression', 'ConditionExpression']);
  const update = scope.update();
  const condition = scope.condition('ConditionExpression');
  scope.finish();
  const table = tableOf(context, input.TableName);
  const key = checkedKey(table.schema, input.Key as Item);
  const targets = targetPaths(update);
  checkTargets(table.schema, targets);
  refuseNestedKeys(table.schema, update?.paths);
  refuseNestedKeys(table.schema, condition?.paths);
  const payload = itemSize(key) + scope.size;
  return { table, key, condition, targets, payload, next: updated(table, key, update) };
};

const targetPaths = (update: Bound<Update> | undefined): readonly Path[] =>
  update ? targetsOf(update.tree, update.bindings) : [];

/** `UPDATED_…` returns the parts of the item that the expression's paths lead to. */
const returnedAttributes = (
  returnValues: string | undefined,
  targets: readonly Path[],
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): Item | undefined => {
  const stored = returnValues?.endsWith('_OLD') ? before : after;
  return returnValues?.startsWith('ALL_') ? stored?.item : stored && project(stored.item, targets);
};
