import type { TransactGetItemsCommandInput, TransactGetItemsCommandOutput } from '@aws-sdk/client-dynamodb';
import { readUnits } from '../capacity.ts';
import { validation } from '../errors.ts';
import { placeOf } from '../tables/keys.ts';
import { type GetRequest, getRequest, projectedItem } from './get-item.ts';
import { type Operation, requireConsumedCapacity } from './operation.ts';
import { placeText, refuseRepeats } from './repeats.ts';
import type { Output } from './single-write.ts';
import { checkedMembers, consumptions } from './transaction.ts';

export const transactGetItems: Operation<
  TransactGetItemsCommandInput,
  Output<TransactGetItemsCommandOutput>
> = (input, context) => {
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  const requests = checkedMembers(input.TransactItems).map(({ Get }): GetRequest => {
    if (!Get) throw validation('Invalid Request: TransactGetRequest should contain Get request');
    return getRequest(Get, context);
  });
  refuseRepeats(
    requests.map(({ table, key }) => `${table.schema.id} ${placeText(placeOf(table.schema, key))}`),
    'Transaction request cannot include multiple operations on one item',
  );
  const used = consumptions('read');
  const responses = requests.map(({ table, key, projection }) => {
    const found = table.get(placeOf(table.schema, key));
    used.of(table).add(readUnits(found?.size ?? 0, true));
    return found ? { Item: projectedItem(found, projection) as never } : {};
  });
  for (const consumption of used.all()) context.used(consumption);
  return { Responses: responses, ...used.toOutput(input.ReturnConsumedCapacity) };
};
