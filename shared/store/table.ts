import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from './keys.ts';

export type Item = Record<string, unknown>;

const options = { removeUndefinedValues: true } as const;
const toWire = (item: Item): Record<string, AttributeValue> => marshall(item, options);
export const fromWire = (item: Record<string, AttributeValue>): Item => unmarshall(item);

/** One condition or update in DynamoDB's expression language, with plain values. */
export interface Expression {
  condition?: string;
  update?: string;
  /** `{ '#status': 'status' }` */
  names?: Record<string, string>;
  /** `{ ':now': 1 }` */
  values?: Item;
}

export type Write =
  | ({ put: Item & Key } & Omit<Expression, 'update'>)
  | ({ update: string; key: Key } & Omit<Expression, 'update'>)
  | ({ remove: Key } & Omit<Expression, 'update'>)
  | ({ check: Key; condition: string } & Omit<Expression, 'update' | 'condition'>);

/** Part of a transaction. */
export type TableWrite = Write & { table: Table };

/** Thrown when conditions of a transaction fail: which parts, and the items as they are. */
export class TransactionRefused extends Error {
  override readonly name = 'TransactionRefused';
  /** Per part: null where its condition held, else the item found (`{}` when there was none). */
  readonly found: readonly (Item | null)[];
  constructor(found: readonly (Item | null)[], cause: unknown) {
    super(`conditions failed at parts ${found.flatMap((f, i) => (f ? [i] : [])).join(', ')}`, { cause });
    this.found = found;
  }
}

/** Plain objects in, plain objects out; the SDK's own errors otherwise. */
export interface Table {
  readonly name: string;
  get(key: Key): Promise<Item | undefined>;
  /** Strongly consistent, unless told that what was a moment ago will do, at half the price; unordered; missing ones are left out. At most 100 keys. */
  getMany(keys: readonly Key[], options?: { consistent: boolean }): Promise<Item[]>;
  /** Throws `ConditionalCheckFailedException`. */
  put(item: Item & Key, expression?: Omit<Expression, 'update'>): Promise<void>;
  /** Returns the item after the update. Throws `ConditionalCheckFailedException`. */
  update(key: Key, expression: Expression & { update: string }): Promise<Item>;
  remove(key: Key, expression?: Omit<Expression, 'update'>): Promise<void>;
  /** All pages up to `limit`, in key order. */
  query(query: TableQuery): Promise<Item[]>;
}

/** Attributes that make up the key of each global index. */
const globalIndexes = {
  unsettled: ['unsettled', 'unsettledAt'],
  agenda: ['agenda', 'agendaAt'],
  members: ['memberOf', 'memberSince'],
  'by-actor': ['actor', 'sk'],
  'by-subject': ['subject', 'sk'],
} as const;
export type GlobalIndex = keyof typeof globalIndexes;

export interface TableQuery {
  pk: string;
  /** All but `by-time` and those of the audit answer keys only; all but `by-time` may lag behind. */
  index?: 'by-time' | GlobalIndex;
  prefix?: string;
  /** In an index: only items whose `sk` begins so. The others are read and paid for, but not answered. */
  ofPrefix?: string | undefined;
  /** Keys of an item, with those of the index: go on behind it. */
  after?: Item | undefined;
  /** Inclusive bounds on the sort key. */
  from?: string;
  to?: string;
  descending?: boolean;
  limit?: number;
}

/** Of an item that was read, or of its entry in an index. */
export const keyIn = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });
const keyOf = (key: Key): Record<string, AttributeValue> => ({ pk: { S: key.pk }, sk: { S: key.sk } });
const parts = (e: Omit<Expression, 'update'>) => ({
  ...(e.condition ? { ConditionExpression: e.condition } : {}),
  ...(e.names ? { ExpressionAttributeNames: e.names } : {}),
  ...(e.values ? { ExpressionAttributeValues: toWire(e.values) } : {}),
});

export const createTable = (dynamodb: DynamoDBClient, name: string): Table => ({
  name,
  async get(key) {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: name, Key: keyOf(key), ConsistentRead: true }),
    );
    return Item && fromWire(Item);
  },
  async getMany(keys, { consistent } = { consistent: true }) {
    const found: Item[] = [];
    let open = keys.map(keyOf);
    while (open.length > 0) {
      const answer = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [name]: { Keys: open, ConsistentRead: consistent } } }),
      );
      found.push(...(answer.Responses?.[name] ?? []).map(fromWire));
      open = (answer.UnprocessedKeys?.[name]?.Keys ?? []) as typeof open;
    }
    return found;
  },
  async put(item, expression = {}) {
    await dynamodb.send(new PutItemCommand({ TableName: name, Item: toWire(item), ...parts(expression) }));
  },
  async update(key, expression) {
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName: name,
        Key: keyOf(key),
        UpdateExpression: expression.update,
        ReturnValues: 'ALL_NEW',
        ...parts(expression),
      }),
    );
    return fromWire(Attributes ?? {});
  },
  async remove(key, expression = {}) {
    await dynamodb.send(new DeleteItemCommand({ TableName: name, Key: keyOf(key), ...parts(expression) }));
  },
  async query({ pk, index, prefix, ofPrefix, after, from, to, descending, limit }) {
    const isGlobal = index !== undefined && index !== 'by-time';
    const [hash, sort] = isGlobal ? globalIndexes[index] : ['pk', index === 'by-time' ? 'at' : 'sk'];
    const range =
      prefix !== undefined
        ? ' AND begins_with(#s, :a)'
        : from !== undefined && to !== undefined
          ? ' AND #s BETWEEN :a AND :b'
          : from !== undefined
            ? ' AND #s >= :a'
            : to !== undefined
              ? ' AND #s <= :b'
              : '';
    const items: Item[] = [];
    let start = after && toWire(after);
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: name,
          ...(index ? { IndexName: index } : {}),
          ...(index === 'by-time' ? { Select: 'ALL_ATTRIBUTES' as const } : {}),
          KeyConditionExpression: `#h = :h${range}`,
          ...(ofPrefix === undefined ? {} : { FilterExpression: 'begins_with(#sk, :sk)' }),
          ExpressionAttributeNames: {
            '#h': hash,
            ...(range ? { '#s': sort } : {}),
            ...(ofPrefix === undefined ? {} : { '#sk': 'sk' }),
          },
          ExpressionAttributeValues: toWire({
            ':h': pk,
            ...(ofPrefix === undefined ? {} : { ':sk': ofPrefix }),
            ...(prefix !== undefined ? { ':a': prefix } : from !== undefined ? { ':a': from } : {}),
            ...(prefix === undefined && to !== undefined ? { ':b': to } : {}),
          }),
          ConsistentRead: !isGlobal,
          ScanIndexForward: !descending,
          ...(limit ? { Limit: limit - items.length } : {}),
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      items.push(...(page.Items ?? []).map(fromWire));
      start = page.LastEvaluatedKey;
    } while (start && (limit === undefined || items.length < limit));
    return items;
  },
});

/** What a conditional write answers; undefined where its condition does not hold. */
export const ifHolds = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/** Whether the condition of a write held, and so whether it was written. */
export const isWritten = async (write: Promise<unknown>): Promise<boolean> =>
  (await ifHolds(write.then(() => true))) ?? false;

/**
 * All or nothing, over both tables; at most 100 parts, no item twice.
 * Throws `TransactionRefused` when a condition failed; other cancellations (conflict, throttling)
 * pass as the SDK's `TransactionCanceledException` and may be tried again.
 */
export const transact = async (
  dynamodb: DynamoDBClient,
  writes: readonly (Write & { table: Table })[],
  clientRequestToken?: string,
): Promise<void> => {
  const items: TransactWriteItem[] = writes.map((w) => {
    const common = { TableName: w.table.name, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
    if ('put' in w) return { Put: { ...common, Item: toWire(w.put), ...parts(w) } };
    if ('remove' in w) return { Delete: { ...common, Key: keyOf(w.remove), ...parts(w) } };
    if ('check' in w)
      return {
        ConditionCheck: { ...common, Key: keyOf(w.check), ...parts(w), ConditionExpression: w.condition },
      };
    return { Update: { ...common, Key: keyOf(w.key), UpdateExpression: w.update, ...parts(w) } };
  });
  try {
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: items,
        ...(clientRequestToken ? { ClientRequestToken: clientRequestToken } : {}),
      }),
    );
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some((r) => r.Code === 'ConditionalCheckFailed'))
        throw new TransactionRefused(
          reasons.map((r) => (r.Code === 'ConditionalCheckFailed' ? (r.Item ? fromWire(r.Item) : {}) : null)),
          error,
        );
    }
    throw error;
  }
};
