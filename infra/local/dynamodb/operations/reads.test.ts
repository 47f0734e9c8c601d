import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDynamo, key, type TestDynamo, type TestItem } from '../testing/dynamo.ts';
import type { InputOf } from './registry.ts';

let world: TestDynamo;
const main = { TableName: 'main' };
const names = ['a', 'ab', 'abc', 'b', 'é', '\uffee', '𝄞'];
beforeAll(async () => {
  world = await createTestDynamo();
  for (const [i, sk] of names.entries())
    await world.put({
      ...key(sk),
      at: { S: `t${9 - i}` },
      x: { S: 'x'.repeat(i * 1500) },
      ...(i % 2 === 0 ? { unsettled: { S: 'event#0' }, unsettledAt: { S: `${i}` } } : {}),
    });
});
afterAll(() => world.db.close());

const query = (KeyConditionExpression: string, values: TestItem = {}, more: Partial<InputOf<'Query'>> = {}) =>
  world.execute('Query', {
    ...main,
    KeyConditionExpression,
    ExpressionAttributeValues: { ':p': { S: 'p' }, ...values },
    ReturnConsumedCapacity: 'INDEXES',
    ...more,
  });
const found = (items: TestItem[] | undefined) => items?.map((item) => item.sk?.S);

describe('Query', () => {
  it.each([
    ['pk = :p', undefined, names],
    ['pk = :p AND sk = :s', 'ab', ['ab']],
    ['pk = :p AND sk < :s', 'abc', ['a', 'ab']],
    ['pk = :p AND sk <= :s', 'ab', ['a', 'ab']],
    ['pk = :p AND sk > :s', 'é', ['\uffee', '𝄞']],
    [':s <= sk AND pk = :p', '\uffee', ['\uffee', '𝄞']],
    ['pk = :p AND begins_with(sk, :s)', 'ab', ['ab', 'abc']],
    ['pk = :p AND sk BETWEEN :s AND :s', 'b', ['b']],
  ])('%s (%s) finds in the order of the bytes', async (expression, s, expected) => {
    expect(found((await query(expression, s === undefined ? {} : { ':s': { S: s } })).Items)).toEqual(
      expected,
    );
  });

  it('goes backwards, page by page', async () => {
    const pages: unknown[] = [];
    let start: TestItem | undefined;
    do {
      const more = { Limit: 3, ScanIndexForward: false, ...(start ? { ExclusiveStartKey: start } : {}) };
      const page = await query('pk = :p', {}, more);
      pages.push(found(page.Items));
      start = page.LastEvaluatedKey;
    } while (start);
    expect(pages).toEqual([['𝄞', '\uffee', 'é'], ['b', 'abc', 'ab'], ['a']]);
  });

  it('goes on after a key that is gone', async () => {
    expect(found((await query('pk = :p', {}, { ExclusiveStartKey: key('abb') })).Items)).toEqual(
      names.slice(2),
    );
  });

  it('filters after the limit and counts what it looked at', async () => {
    const page = await query(
      'pk = :p',
      { ':n': { N: '3000' } },
      { FilterExpression: 'size(x) >= :n', Limit: 4 },
    );
    expect([found(page.Items), page.Count, page.ScannedCount, page.LastEvaluatedKey]).toEqual([
      ['abc', 'b'],
      2,
      4,
      key('b'),
    ]);
  });

  it('stops a page at 1 MB', async () => {
    for (const i of [0, 1, 2, 3, 4])
      await world.put({ pk: { S: 'big' }, sk: { S: `${i}` }, x: { S: 'x'.repeat(300_000) } });
    const first = await query('pk = :p', { ':p': { S: 'big' } });
    expect([first.Count, first.LastEvaluatedKey]).toEqual([4, { pk: { S: 'big' }, sk: { S: '3' } }]);
    const rest = await query(
      'pk = :p',
      { ':p': { S: 'big' } },
      { ExclusiveStartKey: first.LastEvaluatedKey },
    );
    expect([rest.Count, rest.LastEvaluatedKey]).toEqual([1, undefined]);
    for (const i of [0, 1, 2, 3, 4])
      await world.execute('DeleteItem', { ...main, Key: { pk: { S: 'big' }, sk: { S: `${i}` } } });
  });

  it('counts without items', async () => {
    expect(await query('pk = :p', {}, { Select: 'COUNT', ReturnConsumedCapacity: 'NONE' })).toEqual({
      Count: 7,
      ScannedCount: 7,
    });
  });

  it('costs the sum of what it looked at, half without consistency', async () => {
    const units = async (more: object) => (await query('pk = :p', {}, more)).ConsumedCapacity?.CapacityUnits;
    expect(await units({})).toBe(4);
    expect(await units({ ConsistentRead: true })).toBe(8);
    expect((await query('pk = :p', { ':p': { S: 'none' } })).ConsumedCapacity?.CapacityUnits).toBe(0.5);
  });

  it.each<[string, string, TestItem, Partial<InputOf<'Query'>>, string]>([
    ['a partition key that is compared', 'pk > :p', {}, {}, 'Query key condition not supported'],
    ['no partition key', 'sk = :p', {}, {}, 'Query condition missed key schema element: pk'],
    [
      'an attribute that is no key',
      'pk = :p AND x = :p',
      {},
      {},
      'Query condition missed key schema element: sk',
    ],
    ['OR', 'pk = :p OR sk = :p', {}, {}, 'Invalid operator used in KeyConditionExpression: OR'],
    ['<>', 'pk = :p AND sk <> :p', {}, {}, 'Invalid operator used in KeyConditionExpression: <>'],
    [
      'two conditions on one key',
      'pk = :p AND sk > :p AND sk < :p',
      {},
      {},
      'must only contain one condition per key',
    ],
    [
      'a value of another type',
      'pk = :n',
      { ':n': { N: '1' } },
      {},
      'Condition parameter type does not match schema type',
    ],
    [
      'bounds the wrong way round',
      'pk = :p AND sk BETWEEN :p AND :a',
      { ':a': { S: 'a' } },
      {},
      'upper bound to be greater than or equal to lower bound',
    ],
    [
      'a filter on its own keys',
      'pk = :p',
      {},
      { FilterExpression: 'sk = :p' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'an index that is not there',
      'pk = :p',
      {},
      { IndexName: 'nope' },
      'The table does not have the specified index: nope',
    ],
    ['a limit of none', 'pk = :p', {}, { Limit: 0 }, 'greater than or equal to 1'],
    [
      'a start in another partition',
      'pk = :p',
      {},
      { ExclusiveStartKey: { pk: { S: 'q' }, sk: { S: 'a' } } },
      'outside query boundaries',
    ],
    [
      'a start that is no key',
      'pk = :p',
      {},
      { ExclusiveStartKey: { pk: { S: 'p' } } },
      'The provided starting key is invalid',
    ],
    [
      'a consistent read of a global index',
      'unsettled = :p',
      {},
      { IndexName: 'unsettled', ConsistentRead: true },
      'not supported on global secondary indexes',
    ],
    [
      'whole items from a global index',
      'unsettled = :p',
      {},
      { IndexName: 'unsettled', Select: 'ALL_ATTRIBUTES' },
      'ALL_ATTRIBUTES is not supported for global secondary index unsettled',
    ],
    [
      'what a global index does not have',
      'unsettled = :p',
      {},
      { IndexName: 'unsettled', ProjectionExpression: 'x' },
      'Global secondary index unsettled does not project [x]',
    ],
  ])('refuses %s', async (_, expression, values, more, message) => {
    const { ':p': p, ...rest } = { ':p': { S: 'p' }, ...values };
    const given = expression.includes(':p') || more.FilterExpression ? { ':p': p, ...rest } : rest;
    await expect(
      world.execute('Query', {
        ...main,
        KeyConditionExpression: expression,
        ExpressionAttributeValues: given,
        ...more,
      }),
    ).rejects.toThrow(message);
  });
});

describe('a local index', () => {
  it('orders by its own key and has only what it projects', async () => {
    const page = await query('pk = :p', {}, { IndexName: 'by-time', ConsistentRead: true, Limit: 2 });
    expect(page.Items).toEqual([
      { ...key('𝄞'), at: { S: 't3' } },
      { ...key('\uffee'), at: { S: 't4' } },
    ]);
    expect(page.LastEvaluatedKey).toEqual({ ...key('\uffee'), at: { S: 't4' } });
  });

  it('fetches whole items from the table, which costs a read each', async () => {
    const page = await query('pk = :p', {}, { IndexName: 'by-time', Select: 'ALL_ATTRIBUTES', Limit: 2 });
    expect(page.Items?.map((item) => item.x?.S?.length)).toEqual([9000, 7500]);
    expect(page.ConsumedCapacity).toMatchObject({
      CapacityUnits: 3,
      Table: { CapacityUnits: 2.5 },
      LocalSecondaryIndexes: { 'by-time': { CapacityUnits: 0.5 } },
    });
  });

  it('keeps its place among equal keys', async () => {
    for (const sk of ['1', '2', '3', '4', '5'])
      await world.put({ pk: { S: 'same' }, sk: { S: sk }, at: { S: 't' } });
    const seen: unknown[] = [];
    let start: TestItem | undefined;
    do {
      const page = await query(
        'pk = :p',
        { ':p': { S: 'same' } },
        { IndexName: 'by-time', Limit: 2, ...(start ? { ExclusiveStartKey: start } : {}) },
      );
      seen.push(...(found(page.Items) ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('a global index', () => {
  it('has only the items that have its keys', async () => {
    const page = await query(
      'unsettled = :u',
      { ':u': { S: 'event#0' } },
      { IndexName: 'unsettled', ExpressionAttributeValues: { ':u': { S: 'event#0' } } },
    );
    expect(found(page.Items)).toEqual(['a', 'abc', 'é', '𝄞']);
  });

  it('lets go of an item that loses its keys', async () => {
    const item = { ...key('passing'), unsettled: { S: 'event#1' }, unsettledAt: { S: '1' } };
    const inIndex = async () => {
      const values = { ExpressionAttributeValues: { ':u': { S: 'event#1' } }, IndexName: 'unsettled' };
      return (await query('unsettled = :u', {}, values)).Count;
    };
    await world.put(item);
    expect(await inIndex()).toBe(1);
    await world.execute('UpdateItem', {
      ...main,
      Key: key('passing'),
      UpdateExpression: 'REMOVE unsettled, unsettledAt',
    });
    expect(await inIndex()).toBe(0);
    await world.execute('DeleteItem', { ...main, Key: key('passing') });
  });
});

describe('Scan', () => {
  it('has every item in exactly one segment', async () => {
    const all = (await world.execute('Scan', { ...main, ProjectionExpression: 'pk, sk' })).Items ?? [];
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) =>
        world.execute('Scan', { ...main, ProjectionExpression: 'pk, sk', Segment, TotalSegments: 3 }),
      ),
    );
    expect(all.length).toBeGreaterThan(10);
    const text = (items: readonly object[]) => items.map((item) => JSON.stringify(item)).sort();
    expect(text(segments.flatMap(({ Items }) => Items ?? []))).toEqual(text(all));
  });

  it('refuses half of what a segment needs', async () => {
    await expect(world.execute('Scan', { ...main, Segment: 0 })).rejects.toThrow(
      'TotalSegments parameter is required',
    );
    await expect(world.execute('Scan', { ...main, Segment: 3, TotalSegments: 3 })).rejects.toThrow(
      'zero-based',
    );
  });
});

describe('BatchGetItem', () => {
  const batch = (Keys: TestItem[]) =>
    world.execute('BatchGetItem', {
      RequestItems: { main: { Keys, ProjectionExpression: 'sk' } },
      ReturnConsumedCapacity: 'TOTAL',
    });

  it('leaves out what is not there, and counts it', async () => {
    const answer = await batch([key('a'), key('absent'), key('b')]);
    expect(answer.Responses).toEqual({ main: [{ sk: { S: 'a' } }, { sk: { S: 'b' } }] });
    expect(answer.UnprocessedKeys).toEqual({});
    expect(answer.ConsumedCapacity).toEqual([{ TableName: 'main', CapacityUnits: 2 }]);
  });

  it('leaves for later what does not fit into 16 MB', async () => {
    for (let i = 0; i < 45; i++)
      await world.put({ pk: { S: 'wide' }, sk: { S: `${i}` }, x: { S: 'x'.repeat(400_000) } });
    const Keys = Array.from({ length: 45 }, (_, i) => ({ pk: { S: 'wide' }, sk: { S: `${i}` } }));
    const { Responses, UnprocessedKeys } = await batch(Keys);
    const left = UnprocessedKeys?.main?.Keys?.length ?? 0;
    expect(left).toBeGreaterThan(0);
    expect((Responses?.main?.length ?? 0) + left).toBe(45);
  });

  it.each([
    ['a key twice', [key('a'), key('a')], 'contains duplicates'],
    ['101 keys', Array.from({ length: 101 }, (_, i) => key(`${i}`)), 'Too many items requested'],
    ['none', [], 'main has empty list'],
  ])('refuses %s', async (_, keys, message) => {
    await expect(batch(keys)).rejects.toThrow(message);
  });
});
