import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Database, openDatabase } from '../../sqlite/database.ts';
import { createVirtualClock, type WorldClock } from '../../time/clock.ts';
import { createDynamo, type Dynamo } from '../engine.ts';
import type { InputOf } from '../operations/registry.ts';

export type TestItem = Record<string, AttributeValue>;

export const start = Date.UTC(2026, 10, 22);

/** The table that most tests use: the keys and indexes of the product's main table. */
export const mainTable: InputOf<'CreateTable'> = {
  TableName: 'main',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'at', 'unsettled', 'unsettledAt'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-time',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'unsettled',
      KeySchema: [
        { AttributeName: 'unsettled', KeyType: 'HASH' },
        { AttributeName: 'unsettledAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

export interface TestDynamo {
  dynamo: Dynamo;
  db: Database;
  clock: WorldClock;
  execute: Dynamo['execute'];
  put(item: TestItem): Promise<unknown>;
  /** The item under `pk: 'p'` and this `sk`. */
  item(sk: string): Promise<TestItem | undefined>;
  /** Moves the clock and waits for what it did. */
  advance(ms: number): Promise<void>;
}

export const key = (sk: string): TestItem => ({ pk: { S: 'p' }, sk: { S: sk } });

export const openDynamo = (file = ':memory:', at = start): TestDynamo => {
  const db = openDatabase(file);
  const clock = createVirtualClock(at);
  const dynamo = createDynamo({ db, clock });
  return {
    dynamo,
    db,
    clock,
    execute: (operation, input, options) => dynamo.execute(operation, input, options),
    put: (Item) => dynamo.execute('PutItem', { TableName: 'main', Item }),
    item: async (sk) => (await dynamo.execute('GetItem', { TableName: 'main', Key: key(sk) })).Item,
    advance: (ms) => clock.advanceTo(clock.now() + ms, async () => void (await db.read(() => {}))),
  };
};

/** With the main table. */
export const createTestDynamo = async (): Promise<TestDynamo> => {
  const dynamo = openDynamo();
  await dynamo.execute('CreateTable', mainTable);
  return dynamo;
};
