import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { Consumption } from '../capacity.ts';
import { validation } from '../errors.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import type { Item } from '../values/value.ts';
import {
  legacyWrites,
  type Operation,
  type OperationContext,
  refuseLegacy,
  requireConsumedCapacity,
} from './operation.ts';
import { conditionFailed, decide, type WriteRequest } from './write-decisions.ts';

/** An output as the SDK gives it, without what the SDK adds of the transport. */
export type Output<T> = Omit<T, '$metadata'>;

/** Fits the output of each operation that writes one item: attributes are not typed there. */
interface Written {
  Attributes?: never;
  ConsumedCapacity?: ConsumedCapacity;
}

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
): Written => {
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

/**
 * A write of a whole item, which can return only what was there before.
 * @param requestOf what the write asks for; may throw ValidationException, ResourceNotFoundException
 */
export const wholeWrite =
  <Input extends WriteOptions>(
    requestOf: (input: Input, context: OperationContext) => WriteRequest,
  ): Operation<Input, Written> =>
  (input, context) => {
    refuseLegacy(input, legacyWrites);
    requireConsumedCapacity(input.ReturnConsumedCapacity);
    if (input.ReturnValues && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE')
      throw validation('ReturnValues can only be ALL_OLD or NONE');
    return write(requestOf(input, context), input, context, (before) => before?.item);
  };
