import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { Consumption, readUnits } from '../capacity.ts';
import { validation } from '../errors.ts';
import { ExpressionScope } from '../expressions/scope.ts';
import { checkedKey, placeOf } from '../tables/keys.ts';
import type { Item } from '../values/value.ts';
import { projectedItem } from './get-item.ts';
import {
  legacyReads,
  type Operation,
  type OperationContext,
  refuseLegacy,
  requireConsumedCapacity,
  requireMember,
  tableOf,
} from './operation.ts';
import { placeText, refuseRepeats } from './repeats.ts';
import type { Output } from './single-write.ts';
import { refuseNestedKeys } from './write-decisions.ts';

const mostKeys = 100;
const largestAnswer = 16 * 1024 * 1024;

/** Everything fits in one answer up to 16 MB; the rest comes back as unprocessed. */
export const batchGetItem: Operation<BatchGetItemCommandInput, Output<BatchGetItemCommandOutput>> = (
  input,
  context,
) => {
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  const requests = checkedRequests(input);
  let bytes = 0;
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, KeysAndAttributes> = {};
  const capacities = requests.map(([name, request]) => {
    const plan = readPlan(name, request, context);
    const found: Item[] = [];
    const rest: Item[] = [];
    for (const key of plan.keys) {
      const stored = bytes > largestAnswer ? undefined : plan.table.get(placeOf(plan.table.schema, key));
      if (bytes > largestAnswer) rest.push(key);
      else plan.consumption.add(readUnits(stored?.size ?? 0, request.ConsistentRead === true));
      bytes += stored?.size ?? 0;
      if (stored) found.push(projectedItem(stored, plan.projection));
    }
    if (rest.length > 0) unprocessed[name] = { ...request, Keys: rest as never };
    responses[name] = found;
    context.used(plan.consumption);
    return plan.consumption.toOutput(input.ReturnConsumedCapacity);
  });
  return {
    Responses: responses as never,
    UnprocessedKeys: unprocessed,
    ...(capacities[0] ? { ConsumedCapacity: capacities.flatMap((c) => c ?? []) } : {}),
  };
};

const checkedRequests = ({ RequestItems }: BatchGetItemCommandInput): [string, KeysAndAttributes][] => {
  requireMember(RequestItems, 'requestItems');
  const requests = Object.entries(RequestItems ?? {});
  if (requests.length === 0) throw validation('BatchGetItem must have some requests set');
  for (const [name, { Keys }] of requests)
    if (!Keys || Keys.length === 0)
      throw validation(
        `The list of keys in RequestItems for BatchGetItem is required: ${name} has empty list`,
      );
  if (requests.reduce((sum, [, { Keys }]) => sum + Keys!.length, 0) > mostKeys)
    throw validation('Too many items requested for the BatchGetItem call');
  return requests;
};

const readPlan = (name: string, request: KeysAndAttributes, context: OperationContext) => {
  refuseLegacy(request, legacyReads);
  const scope = new ExpressionScope(request, ['ProjectionExpression']);
  const projection = scope.projection();
  scope.finish();
  const table = tableOf(context, name);
  refuseNestedKeys(table.schema, projection);
  const keys = request.Keys!.map((key) => checkedKey(table.schema, key as Item));
  refuseRepeats(
    keys.map((key) => placeText(placeOf(table.schema, key))),
    'Provided list of item keys contains duplicates',
  );
  return { table, projection, keys, consumption: new Consumption(table.schema.name, 'read') };
};
