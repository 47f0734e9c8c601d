import { beforeAll, describe, expect, it } from 'vitest';
import { useBothSides } from './both-sides.ts';
import { type Outcome, text } from './compare.ts';
import type { Side } from './sides.ts';

const { both, createTable, expectSame, ours, theirs } = useBothSides();
const names = ([a, b]: [Outcome, Outcome]) => [a.error?.name, b.error?.name];

describe('sizes', () => {
  const table = { TableName: 'sizes' };
  beforeAll(() => createTable(table.TableName, true));

  /** The longest filler that still fits beside the value. */
  const longestFiller = async (side: Side, v: unknown): Promise<number> => {
    for (let filler = 409_600 - 35; ; filler++) {
      const Item = { pk: { S: 'a' }, sk: { N: '1' }, v, x: { S: 'x'.repeat(filler) } };
      const { error } = await side.run({ name: 'PutItem', input: { ...table, Item } });
      if (error) return filler - 1;
    }
  };
  const numbers = ['1', '12', '123', '1234', '-1', '-123', '0.1', '0.12', '100', '0.001', '12.3', '0'];
  const samples = [
    ...numbers.map((N) => ({ N })),
    ...[{ L: [] }, { L: [{ S: 'a' }] }, { M: {} }, { M: { a: { S: 'a' } } }, { BOOL: true }, { NULL: true }],
    ...[{ SS: ['a', 'bc'] }, { NS: ['1', '2'] }, { B: Uint8Array.of(1, 2, 3) }, { S: 'é𝄞' }, { S: '' }],
  ];
  it.each(samples.map((value) => [text(value), value] as const))('counts %s alike', async (_, value) => {
    expect(await longestFiller(ours(), value)).toBe(await longestFiller(theirs(), value));
  });

  const pages = [
    [300, 300, 300, 300],
    [300, 300, 300, 300, 300],
    [400, 400, 224],
    [400, 400, 223, 1],
    [350, 350, 325, 1],
  ];
  it.each(pages)('cuts pages alike: %s, %s, %s, … KB', async (...kilobytes) => {
    const pk = { S: kilobytes.join(' ') };
    for (const [i, size] of kilobytes.entries()) {
      const x = { S: 'x'.repeat(Math.max(0, size * 1024 - 100)) };
      await both('PutItem', { ...table, Item: { pk, sk: { N: String(i) }, x } });
    }
    await expectSame({
      name: 'Query',
      input: {
        ...table,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': pk },
        ProjectionExpression: 'sk',
        ReturnConsumedCapacity: 'TOTAL',
      },
    });
  });
});

describe('transactions', () => {
  const table = { TableName: 'transactions' };
  beforeAll(() => createTable(table.TableName));

  it('do a repeat with the same token once and refuse another one with it', async () => {
    const adding = (by: string) => ({
      ClientRequestToken: 'token',
      TransactItems: [
        {
          Update: {
            ...table,
            Key: { id: { S: 'counter' } },
            UpdateExpression: 'ADD c :v',
            ExpressionAttributeValues: { ':v': { N: by } },
          },
        },
      ],
    });
    await both('TransactWriteItems', adding('1'));
    await both('TransactWriteItems', adding('1'));
    expect(names(await both('TransactWriteItems', adding('2')))).toEqual(
      Array(2).fill('IdempotentParameterMismatchException'),
    );
    const [a, b] = await both('GetItem', { ...table, Key: { id: { S: 'counter' } } });
    expect(a.output?.Item).toEqual({ id: { S: 'counter' }, c: { N: '1' } });
    expect(b.output?.Item).toEqual(a.output?.Item);
  });

  const put = (id: string, bytes = 1) => ({
    Put: { ...table, Item: { id: { S: id }, x: { S: 'x'.repeat(bytes) } } },
  });
  const refused = {
    'no members': [],
    'an empty member': [{}],
    'two writes in one member': [{ ...put('a'), Delete: { ...table, Key: { id: { S: 'b' } } } }],
    'one item twice': [put('a'), put('a')],
    '101 members': Array.from({ length: 101 }, (_, i) => put(String(i))),
    'more than 4 MB': Array.from({ length: 14 }, (_, i) => put(String(i), 390_000)),
    'an item over 400 KB': [put('a', 410_000)],
    'a table that is not there': [{ Put: { TableName: 'nowhere', Item: { id: { S: 'a' } } } }],
    'a check without a condition': [{ ConditionCheck: { ...table, Key: { id: { S: 'a' } } } }],
  };
  it.each(Object.entries(refused))('refuse %s', async (_, TransactItems) => {
    const [a, b] = names(await both('TransactWriteItems', { TransactItems }));
    expect(a).toBeDefined();
    expect(a).toBe(b);
  });
});
