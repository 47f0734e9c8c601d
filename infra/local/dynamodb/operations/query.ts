import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import type { Item } from '../values/value.ts';
import { keyRange } from './key-condition.ts';
import { legacyReads, type Operation, refuseLegacy, tableOf } from './operation.ts';
import { readPage } from './page.ts';
import type { Output } from './single-write.ts';
import { checkSourceInput, refuseKeysInFilter, sourceOf } from './source.ts';
import { refuseOutside, startRow } from './start-key.ts';
import { refuseNestedKeys } from './write-decisions.ts';

export const query: Operation<QueryCommandInput, Output<QueryCommandOutput>> = (input, context) => {
  refuseLegacy(input, legacyReads);
  checkSourceInput(input);
  const scope = new ExpressionScope(input, [
    'ProjectionExpression',
    'FilterExpression',
    'KeyConditionExpression',
  ]);
  const condition = scope.condition('KeyConditionExpression');
  if (!condition)
    throw validation(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  const filter = scope.condition('FilterExpression');
  const projection = scope.projection();
  scope.finish();
  const table = tableOf(context, input.TableName);
  refuseNestedKeys(table.schema, condition.paths);
  const source = sourceOf(table, input, projection, filter);
  const range = keyRange(source.keys, condition);
  refuseKeysInFilter(source);
  const after = startRow(table, source.keys, input.ExclusiveStartKey as Item | undefined);
  if (after) refuseOutside(after, range);
  const forward = input.ScanIndexForward !== false;
  return readPage(context, input, source, { index: source.position, ...range, after, forward });
};
