import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, type TestDynamo, type TestItem } from '../testing/dynamo.ts';

let world: TestDynamo;
beforeEach(async () => {
  world = await createTestDynamo();
});
afterEach(() => world.db.close());

const main = { TableName: 'main' };
const put = (item: TestItem, more: object = {}) =>
  world.execute('PutItem', { ...main, Item: item, ReturnConsumedCapacity: 'INDEXES', ...more });

describe('PutItem', () => {
  it('replaces the item and returns the old one when asked', async () => {
    await put({ ...key('a'), x: { N: '1.0' } });
    const { Attributes } = await put({ ...key('a'), y: { S: 'new' } }, { ReturnValues: 'ALL_OLD' });
    expect(Attributes).toEqual({ ...key('a'), x: { N: '1' } });
    expect(await world.item('a')).toEqual({ ...key('a'), y: { S: 'new' } });
  });

  it('refuses when its condition fails, with the item when asked', async () => {
    await put({ ...key('a'), x: { N: '1' } });
    const refused = put(
      { ...key('a') },
      { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    );
    await expect(refused).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      fields: { Item: { ...key('a'), x: { N: '1' } } },
    });
    expect(await world.item('a')).toEqual({ ...key('a'), x: { N: '1' } });
  });

  it.each<[string, TestItem, string]>([
    ['an item without its sort key', { pk: { S: 'p' } }, 'Missing the key sk in the item'],
    [
      'a key of another type',
      { pk: { S: 'p' }, sk: { N: '1' } },
      'Type mismatch for key sk expected: S actual: N',
    ],
    ['an empty key', { pk: { S: '' }, sk: { S: 'a' } }, 'cannot contain an empty string value. Key: pk'],
    [
      'an index key of another type',
      { ...key('a'), at: { N: '1' } },
      'Type mismatch for Index Key at Expected: S Actual: N IndexName: by-time',
    ],
    ['an empty index key', { ...key('a'), at: { S: '' } }, 'IndexName: by-time, IndexKey: at'],
    [
      'a partition key over 2048 bytes',
      { pk: { S: 'é'.repeat(1025) }, sk: { S: 'a' } },
      'Size of hashkey has exceeded',
    ],
    ['a sort key over 1024 bytes', key('x'.repeat(1025)), 'Aggregated size of all range keys has exceeded'],
    [
      'an item over 400 KB',
      { ...key('a'), x: { S: 'x'.repeat(409_600) } },
      'Item size has exceeded the maximum allowed size',
    ],
  ])('refuses %s', async (_, item, message) => {
    await expect(put(item)).rejects.toThrow(message);
  });

  it('refuses parameters of before expressions instead of ignoring them', async () => {
    await expect(put(key('a'), { Expected: { x: { Exists: false } } })).rejects.toThrow(
      'Expected is a legacy parameter',
    );
  });
});

describe('UpdateItem', () => {
  const update = (UpdateExpression: string | undefined, more: object = {}) =>
    world.execute('UpdateItem', {
      ...main,
      Key: key('a'),
      ...(UpdateExpression ? { UpdateExpression } : {}),
      ...more,
    });

  it('makes an item with its key where there is none, even without an expression', async () => {
    await update(undefined);
    expect(await world.item('a')).toEqual(key('a'));
  });

  it.each([
    ['ALL_OLD', { ...key('a'), m: { M: { x: { N: '1' }, y: { N: '2' } } } }],
    ['ALL_NEW', { ...key('a'), m: { M: { x: { N: '7' }, y: { N: '2' } } } }],
    ['UPDATED_OLD', { m: { M: { x: { N: '1' } } } }],
    ['UPDATED_NEW', { m: { M: { x: { N: '7' } } } }],
    ['NONE', undefined],
  ])('returns %s', async (ReturnValues, expected) => {
    await put({ ...key('a'), m: { M: { x: { N: '1' }, y: { N: '2' } } } });
    const { Attributes } = await update('SET m.x = :v', {
      ExpressionAttributeValues: { ':v': { N: '7' } },
      ReturnValues,
    });
    expect(Attributes).toEqual(expected);
  });

  it('does nothing when its condition fails', async () => {
    await expect(
      update('SET x = :v', {
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':v': { N: '1' } },
      }),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(await world.item('a')).toBeUndefined();
  });
});

describe('DeleteItem', () => {
  it('is content when there is nothing', async () => {
    expect(await world.execute('DeleteItem', { ...main, Key: key('a'), ReturnValues: 'ALL_OLD' })).toEqual(
      {},
    );
  });

  it('refuses a key that is not the table’s', async () => {
    await expect(world.execute('DeleteItem', { ...main, Key: { pk: { S: 'p' } } })).rejects.toThrow(
      'The provided key element does not match the schema',
    );
  });
});

describe('BatchWriteItem', () => {
  it('puts and deletes, or refuses all of it', async () => {
    await put(key('old'));
    await world.execute('BatchWriteItem', {
      RequestItems: { main: [{ PutRequest: { Item: key('new') } }, { DeleteRequest: { Key: key('old') } }] },
    });
    expect([await world.item('new'), await world.item('old')]).toEqual([key('new'), undefined]);
    const refused = world.execute('BatchWriteItem', {
      RequestItems: {
        main: [{ PutRequest: { Item: key('next') } }, { PutRequest: { Item: { pk: { S: 'p' } } } }],
      },
    });
    await expect(refused).rejects.toThrow('Missing the key sk');
    expect(await world.item('next')).toBeUndefined();
  });

  it.each([
    [
      'an item twice',
      [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('a') } }],
      'contains duplicates',
    ],
    [
      '26 requests',
      Array.from({ length: 26 }, (_, i) => ({ PutRequest: { Item: key(`${i}`) } })),
      'Too many items',
    ],
    ['none', [], 'cannot be null or empty: main'],
    ['a request that is nothing', [{}], 'more than one datatypes set'],
  ])('refuses %s', async (_, requests, message) => {
    await expect(world.execute('BatchWriteItem', { RequestItems: { main: requests } })).rejects.toThrow(
      message,
    );
  });
});

describe('capacity', () => {
  const units = async (item: TestItem) => (await put(item)).ConsumedCapacity;
  const big = { S: 'x'.repeat(1500) };

  it('counts the larger of the item before and after, in KB', async () => {
    expect((await units({ ...key('a'), big }))?.Table).toEqual({ CapacityUnits: 2 });
    expect((await units(key('a')))?.Table).toEqual({ CapacityUnits: 2 });
    expect((await units(key('a')))?.Table).toEqual({ CapacityUnits: 1 });
  });

  it('counts entries of indexes that are written, moved and removed, and no others', async () => {
    const full = { ...key('a'), big, at: { S: '1' }, unsettled: { S: 'u' }, unsettledAt: { S: '1' } };
    const of = async (item: TestItem) => {
      const capacity = await units(item);
      return [
        capacity?.LocalSecondaryIndexes?.['by-time']?.CapacityUnits,
        capacity?.GlobalSecondaryIndexes?.unsettled?.CapacityUnits,
        capacity?.CapacityUnits,
      ];
    };
    expect(await of(full)).toEqual([1, 1, 4]);
    expect(await of(full)).toEqual([undefined, undefined, 2]);
    expect(await of({ ...full, other: { S: 'x' } })).toEqual([undefined, undefined, 2]);
    expect(await of({ ...full, unsettledAt: { S: '2' } })).toEqual([undefined, 2, 4]);
    expect(await of({ ...key('a'), unsettled: { S: 'u' } })).toEqual([1, 1, 4]);
  });

  it('is used by a failed condition too, and kept by table and caller', async () => {
    world.dynamo.resetUsage();
    await world.execute('PutItem', { ...main, Item: { ...key('a'), big } }, { caller: 'hear-event' });
    const refused = { ...main, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' };
    await world.execute('PutItem', refused, { caller: 'sweep' }).catch(() => {});
    await world.execute('GetItem', { ...main, Key: key('a') }, { caller: 'sweep' });
    expect(world.dynamo.usage()).toEqual({
      tables: { main: { readUnits: 0.5, writeUnits: 4 } },
      callers: {
        'hear-event': { main: { readUnits: 0, writeUnits: 2 } },
        sweep: { main: { readUnits: 0.5, writeUnits: 2 } },
      },
    });
  });
});
