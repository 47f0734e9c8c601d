import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { Consumption } from '../capacity.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import type { Item } from '../values/value.ts';
import type { OperationContext } from './operation.ts';
import { conditionFailed, decide, type WriteRequest } from './write-decisions.ts';

/** An output as the SDK gives it, without what the SDK adds of the transport. */
export type Output<T> = Omit<T, '$metadata'>;

interface WriteOptions {
  ReturnValues?: string | undefined;
  ReturnValuesOnConditionCheckFailure?: string | undefined;
  ReturnConsumedCapacity?: ReturnConsumedCapacity | undefined;
}

/**
 * One conditional write of one item.
 * @param returned the attributes to return, when any are asked for
 */
export const write = (
  request: WriteRequest,
  options: WriteOptions,
  context: OperationContext,
  returned: (before: StoredItem | undefined, after: StoredItem | undefined) => Item | undefined,
): { Attributes?: never; ConsumedCapacity?: ConsumedCapacity } => {
  const { holds, change } = decide(request);
  const consumption = new Consumption(request.table.schema.name, 'write').addWrite(change);
  context.used(consumption);
  if (!holds) throw conditionFailed(change.before, options.ReturnValuesOnConditionCheckFailure);
  context.apply([change]);
  const wanted = options.ReturnValues !== undefined && options.ReturnValues !== 'NONE';
  const attributes = wanted ? returned(change.before, change.after) : undefined;
  const capacity = consumption.toOutput(options.ReturnConsumedCapacity);
  return {
    ...(attributes && Object.keys(attributes).length > 0 ? { Attributes: attributes as never } : {}),
    ...(capacity ? { ConsumedCapacity: capacity } : {}),
  };
};
