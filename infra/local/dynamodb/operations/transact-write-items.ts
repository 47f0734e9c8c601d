import type {
  CancellationReason,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import { readUnits } from '../capacity.ts';
import { isValidation, validation } from '../errors.ts';
import { conditionOf } from '../expressions/scope.ts';
import { checkedKey, placeOf } from '../tables/keys.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import type { Change } from '../tables/table.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/value.ts';
import { deleteRequest } from './delete-item.ts';
import { isRepeat, remember } from './idempotence.ts';
import {
  type Operation,
  type OperationContext,
  requireConsumedCapacity,
  requireMember,
  tableOf,
} from './operation.ts';
import { putRequest } from './put-item.ts';
import { placeText, refuseRepeats } from './repeats.ts';
import type { Output } from './single-write.ts';
import { checkedMembers, consumptions } from './transaction.ts';
import { updateRequest } from './update-item.ts';
import { decide, type WriteRequest } from './write-decisions.ts';

const largestPayload = 4 * 1024 * 1024;

/** All or nothing: every member is decided on the items as they are before any of them is written. */
export const transactWriteItems: Operation<
  TransactWriteItemsCommandInput,
  Output<TransactWriteItemsCommandOutput>
> = (input, context) => {
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  const requests = checkedMembers(input.TransactItems).map((member) => toWrite(member, context));
  refuseRepeats(
    requests.map(({ table, key }) => `${table.schema.id} ${placeText(placeOf(table.schema, key))}`),
    'Transaction request cannot include multiple operations on one item',
  );
  refuseLargePayload(requests);
  if (isRepeat(input, context)) return answerRepeat(requests, input, context);
  const outcomes = requests.map((request) => outcomeOf(request));
  const used = consumptions('write');
  for (const { request, change } of outcomes) used.of(request.table).addWrite(change);
  for (const consumption of used.all()) context.used(consumption);
  if (outcomes.some(({ reason }) => reason.Code !== 'None'))
    throw cancelled(outcomes.map(({ reason }) => reason));
  context.apply(outcomes.filter(({ request }) => !request.checkOnly).map(({ change }) => change));
  remember(input, context);
  return used.toOutput(input.ReturnConsumedCapacity);
};

interface MemberRequest extends WriteRequest {
  checkOnly: boolean;
  returnItem: string | undefined;
}

const toWrite = (member: TransactWriteItem, context: OperationContext): MemberRequest => {
  const kinds = (['ConditionCheck', 'Put', 'Delete', 'Update'] as const).filter((kind) => member[kind]);
  const kind = kinds[0];
  if (!kind)
    throw validation('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
  if (kinds.length > 1)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  const returnItem = member[kind]?.ReturnValuesOnConditionCheckFailure;
  return { ...requestOf(member, context), checkOnly: kind === 'ConditionCheck', returnItem };
};

const requestOf = (member: TransactWriteItem, context: OperationContext): WriteRequest => {
  if (member.Put) return putRequest(member.Put, context);
  if (member.Delete) return deleteRequest(member.Delete, context);
  if (!member.Update) return checkRequest(member.ConditionCheck!, context);
  requireMember(member.Update.UpdateExpression, 'transactItems.member.update.updateExpression');
  return updateRequest(member.Update, context);
};

const checkRequest = (
  input: NonNullable<TransactWriteItem['ConditionCheck']>,
  context: OperationContext,
): WriteRequest => {
  requireMember(input.ConditionExpression, 'transactItems.member.conditionCheck.conditionExpression');
  const { condition, scope } = conditionOf(input);
  const table = tableOf(context, input.TableName);
  const key = checkedKey(table.schema, input.Key as Item);
  return { table, key, condition, payload: itemSize(key) + scope.size, next: (before) => before };
};

interface Outcome {
  request: MemberRequest;
  change: Change;
  reason: CancellationReason;
}

/** An update that does not fit its item cancels the transaction like a failed condition. */
const outcomeOf = (request: MemberRequest): Outcome => {
  try {
    const { change, holds } = decide(request);
    const reason = holds ? { Code: 'None' } : failedCondition(change.before, request.returnItem);
    return { request, change, reason };
  } catch (error) {
    if (!isValidation(error)) throw error;
    const change = decide({ ...request, condition: undefined, next: (before) => before }).change;
    return { request, change, reason: { Code: 'ValidationError', Message: error.message } };
  }
};

const failedCondition = (
  before: StoredItem | undefined,
  returnItem: string | undefined,
): CancellationReason => ({
  Code: 'ConditionalCheckFailed',
  Message: 'The conditional request failed',
  ...(before && returnItem === 'ALL_OLD' ? { Item: before.item as never } : {}),
});

const cancelled = (reasons: readonly CancellationReason[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((r) => r.Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );

const refuseLargePayload = (requests: readonly MemberRequest[]): void => {
  const bytes = requests.reduce((sum, { payload }) => sum + payload, 0);
  if (bytes > largestPayload)
    throw validation(`Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`);
};

/** A repeat changes nothing and costs reads. */
const answerRepeat = (
  requests: readonly MemberRequest[],
  input: TransactWriteItemsCommandInput,
  context: OperationContext,
) => {
  const used = consumptions('read');
  for (const { table, key } of requests)
    used.of(table).add(readUnits(table.get(placeOf(table.schema, key))?.size ?? 0, true));
  for (const consumption of used.all()) context.used(consumption);
  return used.toOutput(input.ReturnConsumedCapacity);
};
