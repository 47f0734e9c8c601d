import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, mainTable, openDynamo, start, type TestDynamo } from './testing/dynamo.ts';

const main = { TableName: 'main' };
const changes = ({ dynamo }: TestDynamo) =>
  dynamo.readStream('main', '', 1000).map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys.sk?.S}`);

let world: TestDynamo;
beforeEach(async () => {
  world = await createTestDynamo();
});
afterEach(() => world.db.close());

describe('tables', () => {
  it('are listed, described and deleted', async () => {
    await world.execute('CreateTable', { ...mainTable, TableName: 'another' });
    expect(await world.execute('ListTables', { Limit: 1 })).toEqual({
      TableNames: ['another'],
      LastEvaluatedTableName: 'another',
    });
    expect(await world.execute('ListTables', { ExclusiveStartTableName: 'another' })).toEqual({
      TableNames: ['main'],
    });
    await world.put(key('a'));
    const { Table } = await world.execute('DescribeTable', main);
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/main',
      ItemCount: 1,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
    await world.execute('DeleteTable', main);
    await expect(world.item('a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('begin empty when they are made again under the same name', async () => {
    await world.put(key('a'));
    await world.execute('DeleteTable', main);
    await world.execute('CreateTable', mainTable);
    expect([await world.item('a'), changes(world)]).toEqual([undefined, []]);
  });

  it('are found by their ARN too', async () => {
    const arn = 'arn:aws:dynamodb:eu-central-1:000000000000:table/main';
    await world.execute('PutItem', { TableName: arn, Item: key('a') });
    expect(await world.item('a')).toEqual(key('a'));
  });

  it.each([
    ['one that is there', mainTable, 'Table already exists: main'],
    ['a name too short', { ...mainTable, TableName: 'ab' }, 'length greater than or equal to 3'],
    ['a name with a blank', { ...mainTable, TableName: 'a b c' }, 'regular expression pattern'],
    [
      'an index with another partition key',
      {
        ...mainTable,
        TableName: 'new',
        LocalSecondaryIndexes: mainTable.GlobalSecondaryIndexes,
        GlobalSecondaryIndexes: undefined,
      },
      'does not have the same leading hash key',
    ],
    [
      'an attribute that is no key',
      { ...mainTable, TableName: 'new', GlobalSecondaryIndexes: undefined },
      'Number of attributes in KeySchema does not exactly match',
    ],
  ])('refuses %s', async (_, definition, message) => {
    await expect(world.execute('CreateTable', definition)).rejects.toThrow(message);
  });

  it('refuses an operation that it does not know', async () => {
    for (const operation of ['ExecuteStatement', 'toString'])
      await expect(world.execute(operation as 'GetItem', {} as never)).rejects.toMatchObject({
        name: 'UnknownOperationException',
      });
  });
});

describe('on a disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wayleaf-dynamodb-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has everything again after a restart: items, indexes, stream, ends and tokens', async () => {
    const file = join(folder, 'data.sqlite');
    const first = openDynamo(file);
    await first.execute('CreateTable', mainTable);
    const ttl = { AttributeName: 'ttl', Enabled: true };
    await first.execute('UpdateTimeToLive', { ...main, TimeToLiveSpecification: ttl });
    await first.put({ ...key('a'), at: { S: 't' }, b: { B: Uint8Array.of(7) } });
    await first.put({ ...key('b'), ttl: { N: String(start / 1000 + 60) } });
    const update = {
      ...main,
      Key: key('c'),
      UpdateExpression: 'ADD n :v',
      ExpressionAttributeValues: { ':v': { N: '1' } },
    };
    const transaction = { ClientRequestToken: 'token', TransactItems: [{ Update: update }] };
    await first.execute('TransactWriteItems', transaction);
    await first.db.close();

    const second = openDynamo(file, start + 30_000);
    await second.execute('TransactWriteItems', transaction);
    expect(await second.item('a')).toEqual({ ...key('a'), at: { S: 't' }, b: { B: Uint8Array.of(7) } });
    expect(await second.item('c')).toEqual({ ...key('c'), n: { N: '1' } });
    const indexed = await second.execute('Scan', { ...main, IndexName: 'by-time' });
    expect(indexed.Items).toEqual([{ ...key('a'), at: { S: 't' } }]);
    await second.advance(60_000);
    expect(changes(second)).toEqual(['INSERT a', 'INSERT b', 'INSERT c', 'REMOVE b']);
    await second.db.close();
  });

  it('answers a write only after its commit', async () => {
    const disk = openDynamo(join(folder, 'data.sqlite'));
    await disk.execute('CreateTable', mainTable);
    const order: string[] = [];
    disk.db.onCommit(() => order.push('commit'));
    const write = disk.put(key('a')).then(() => order.push('answer'));
    const read = disk.item('a').then((item) => order.push(`read ${item?.sk?.S}`));
    await Promise.all([write, read]);
    expect(order[0]).toBe('commit');
    expect(order).toContain('read a');
    await disk.db.close();
  });
});

describe('a lost group', () => {
  it('takes its tables and stream records with it', async () => {
    let heard = 0;
    world.dynamo.onStream(() => heard++);
    const made = world.execute('CreateTable', { ...mainTable, TableName: 'lost' });
    const written = world.put(key('a'));
    const breaking = world.db.write(
      () => {
        world.db.sql.exec('CREATE TABLE scratch (n); INSERT INTO scratch VALUES (1)');
        throw new Error('the disk is full');
      },
      { refusesFirst: true },
    );
    const answers = await Promise.allSettled([made, written, breaking]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await world.db.write(() => {});
    expect((await world.execute('ListTables', {})).TableNames).toEqual(['main']);
    expect([await world.item('a'), changes(world), heard]).toEqual([undefined, [], 0]);
  });
});
