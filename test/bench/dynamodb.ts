import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDynamo, type Dynamo } from '#infra/local/dynamodb/engine';
import { mainTable } from '#infra/local/dynamodb/testing/dynamo';
import { openDatabase } from '#infra/local/sqlite/database';
import { createVirtualClock } from '#infra/local/time/clock';

/**
 * The embedded DynamoDB alone: `node test/bench/dynamodb.ts`. Each line is a ratio to SQLite doing the
 * bare minimum in the same run: one row by its key, on the disk with a commit a row.
 */
const callers = 50;
const main = { TableName: 'main' };
const key = (i: number) => ({ pk: { S: `C#${i % 5000}` }, sk: { S: `E#${i}` } });
const event = (i: number) => ({
  ...key(i),
  at: { S: '2026-11-22T00:00:00.000Z' },
  kind: { S: 'event' },
  type: { S: 'Order Completed' },
  properties: {
    M: { total: { N: '49.90' }, currency: { S: 'EUR' }, items: { L: [{ S: 'sku-1' }, { S: 'sku-2' }] } },
  },
});

const work: Readonly<Record<string, (dynamo: Dynamo, i: number) => Promise<unknown>>> = {
  'put if absent': (dynamo, i) =>
    dynamo.execute('PutItem', { ...main, Item: event(i), ConditionExpression: 'attribute_not_exists(pk)' }),
  get: (dynamo, i) => dynamo.execute('GetItem', { ...main, Key: key(i), ConsistentRead: true }),
  update: (dynamo, i) =>
    dynamo.execute('UpdateItem', {
      ...main,
      Key: key(i),
      UpdateExpression: 'SET #state = :heard REMOVE unsettled',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':heard': { S: 'heard' } },
    }),
  'transaction of 3': (dynamo, i) =>
    dynamo.execute('TransactWriteItems', {
      TransactItems: [
        { Put: { ...main, Item: { pk: { S: `C#${i % 5000}` }, sk: { S: `M#${i}` }, at: { S: 't' } } } },
        {
          Update: {
            ...main,
            Key: key(i),
            UpdateExpression: 'ADD sends :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
        {
          ConditionCheck: {
            ...main,
            Key: key(i + 5000),
            ConditionExpression: 'attribute_not_exists(paused)',
          },
        },
      ],
    }),
  'query of 10': (dynamo, i) =>
    dynamo.execute('Query', {
      ...main,
      KeyConditionExpression: 'pk = :p AND begins_with(sk, :e)',
      ExpressionAttributeValues: { ':p': { S: `C#${i % 5000}` }, ':e': { S: 'E#' } },
      Limit: 10,
    }),
};

interface Rate {
  perSecond: number;
  /** Of the processor, user and system: what a busy machine does not change. */
  microseconds: number;
}

const rateOf = async (count: number, one: (i: number) => unknown): Promise<Rate> => {
  let next = 0;
  const before = process.cpuUsage();
  const started = performance.now();
  const caller = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: (count / (performance.now() - started)) * 1000,
    microseconds: (user + system) / count,
  };
};

const print = (name: string, rate: Rate, reference: Rate): void => {
  const columns = [
    name.padEnd(18),
    `${Math.round(rate.perSecond)}/s`.padStart(10),
    `${rate.microseconds.toFixed(1)} µs`.padStart(10),
    `${(rate.perSecond / reference.perSecond).toFixed(2)} of bare`.padStart(14),
    `${(rate.microseconds / reference.microseconds).toFixed(1)} times its processor`.padStart(26),
  ];
  console.log(`  ${columns.join('')}`);
};

const bare = async (file: string, count: number): Promise<Rate> => {
  const sql = new DatabaseSync(file);
  sql.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE bare (pk, sk, item, PRIMARY KEY (pk, sk)) WITHOUT ROWID`);
  const insert = sql.prepare('INSERT INTO bare VALUES (?, ?, ?)');
  const rate = await rateOf(count, (i) => insert.run(`C#${i % 5000}`, `E#${i}`, JSON.stringify(event(i))));
  sql.close();
  return rate;
};

const measure = async (
  title: string,
  files: { dynamo: string; bare: string },
  count: number,
): Promise<void> => {
  const reference = await bare(files.bare, count);
  console.log(`\n${title}, ${callers} callers`);
  print('bare insert', reference, reference);
  const db = openDatabase(files.dynamo);
  const dynamo = createDynamo({ db, clock: createVirtualClock(Date.UTC(2026, 10, 22)) });
  await dynamo.execute('CreateTable', mainTable);
  for (const [name, one] of Object.entries(work))
    print(name, await rateOf(count, (i) => one(dynamo, i)), reference);
  dynamo.stop();
  await db.close();
};

const folder = mkdtempSync(join(tmpdir(), 'wayleaf-bench-'));
try {
  await measure('in memory', { dynamo: ':memory:', bare: ':memory:' }, 40_000);
  await measure(
    'on the disk',
    { dynamo: join(folder, 'dynamo.sqlite'), bare: join(folder, 'bare.sqlite') },
    10_000,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
