import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '../keys.ts';
import type { Store } from '../store.ts';
import { fromWire, type Item } from '../table.ts';

export type Scanned = Item & Key;
const keyed = (item: Item): Scanned => ({ ...item, pk: String(item.pk), sk: String(item.sk) });

/** One page of the whole table, in no order. Only for counting all anew: nobody who waits may ask for it. */
export const scanItems = async (
  store: Store,
  { members: more, after, limit }: { members: readonly string[]; after: Item | undefined; limit: number },
): Promise<{ items: Scanned[]; after?: Item }> => {
  const members = ['pk', 'sk', ...more];
  const page = await store.dynamodb.send(
    new ScanCommand({
      TableName: store.main.name,
      ConsistentRead: true,
      Limit: limit,
      ProjectionExpression: members.map((_, i) => `#m${i}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(members.map((name, i) => [`#m${i}`, name])),
      ...(after && { ExclusiveStartKey: marshall(after) }),
    }),
  );
  return {
    items: (page.Items ?? []).map((item) => keyed(fromWire(item))),
    ...(page.LastEvaluatedKey && { after: fromWire(page.LastEvaluatedKey) }),
  };
};
