import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, type TestDynamo } from '../testing/dynamo.ts';
import type { InputOf } from './registry.ts';

let world: TestDynamo;
beforeEach(async () => {
  world = await createTestDynamo();
});
afterEach(() => world.db.close());

type Members = NonNullable<InputOf<'TransactWriteItems'>['TransactItems']>;
const main = { TableName: 'main' };
const transact = (TransactItems: Members, more: object = {}) =>
  world.execute('TransactWriteItems', { TransactItems, ...more });
const put = (sk: string, more: object = {}) => ({ Put: { ...main, Item: key(sk), ...more } });
const add = (sk: string, by = '1') => ({
  Update: {
    ...main,
    Key: key(sk),
    UpdateExpression: 'ADD c :v',
    ExpressionAttributeValues: { ':v': { N: by } },
  },
});
const mustExist = {
  ConditionExpression: 'attribute_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
};
const mustNotExist = { ...mustExist, ConditionExpression: 'attribute_not_exists(pk)' };

describe('TransactWriteItems', () => {
  it('does all of it', async () => {
    await world.put(key('gone'));
    await transact([
      put('a'),
      add('b'),
      { Delete: { ...main, Key: key('gone') } },
      { ConditionCheck: { ...main, Key: key('x'), ...mustNotExist } },
    ]);
    expect(await world.item('a')).toEqual(key('a'));
    expect(await world.item('b')).toEqual({ ...key('b'), c: { N: '1' } });
    expect([await world.item('gone'), await world.item('x')]).toEqual([undefined, undefined]);
  });

  it('does nothing when a condition fails, and says of each member why', async () => {
    await world.put({ ...key('there'), x: { N: '1' } });
    const refused = transact([
      put('new'),
      put('there', mustNotExist),
      { ConditionCheck: { ...main, Key: key('absent'), ...mustExist } },
      put('there too', mustExist),
    ]);
    await expect(refused).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed, ConditionalCheckFailed]',
      fields: {
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            Item: { ...key('there'), x: { N: '1' } },
          },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
        ],
      },
    });
    expect(await world.item('new')).toBeUndefined();
  });

  it('is cancelled by an update that does not fit its item', async () => {
    await world.put({ ...key('a'), c: { S: 'text' } });
    await expect(transact([put('new'), add('a')])).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      fields: {
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ValidationError',
            Message: 'An operand in the update expression has an incorrect data type',
          },
        ],
      },
    });
    expect(await world.item('new')).toBeUndefined();
  });

  it.each<[string, Members, string]>([
    ['no members', [], 'length greater than or equal to 1'],
    ['101 members', Array.from({ length: 101 }, (_, i) => put(`${i}`)), 'length less than or equal to 100'],
    [
      'an item twice',
      [put('a'), add('a')],
      'Transaction request cannot include multiple operations on one item',
    ],
    ['a member that is nothing', [{}], 'should contain Delete or Put or Update request'],
    [
      'a member that is two',
      [{ ...put('a'), ...add('b') }],
      'can only contain one of Check, Put, Update or Delete',
    ],
    [
      'a check without a condition',
      [{ ConditionCheck: { ...main, Key: key('a'), ConditionExpression: undefined } }],
      'conditionExpression',
    ],
    [
      'more than 4 MB',
      Array.from({ length: 11 }, (_, i) => ({
        Put: { ...main, Item: { ...key(`${i}`), x: { S: 'x'.repeat(390_000) } } },
      })),
      'Transaction payload size cannot exceed 4MB',
    ],
  ])('refuses %s', async (_, members, message) => {
    await expect(transact(members)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('costs twice what its writes cost, a repeat what its reads cost', async () => {
    const counted = { ReturnConsumedCapacity: 'TOTAL', ClientRequestToken: 'token' };
    const first = await transact(
      [add('a'), { Put: { ...main, Item: { ...key('b'), x: { S: 'x'.repeat(1500) } } } }],
      counted,
    );
    expect(first.ConsumedCapacity).toEqual([{ TableName: 'main', CapacityUnits: 6, WriteCapacityUnits: 6 }]);
    const again = await transact(
      [add('a'), { Put: { ...main, Item: { ...key('b'), x: { S: 'x'.repeat(1500) } } } }],
      counted,
    );
    expect(again.ConsumedCapacity).toEqual([{ TableName: 'main', CapacityUnits: 4, ReadCapacityUnits: 4 }]);
  });
});

describe('a client request token', () => {
  const token = { ClientRequestToken: 'token' };
  const count = async () => (await world.item('a'))?.c?.N;

  it('makes a repeat harmless for ten minutes', async () => {
    await transact([add('a')], token);
    await world.advance(9 * 60_000);
    await transact([add('a')], token);
    expect(await count()).toBe('1');
    await world.advance(2 * 60_000);
    await transact([add('a')], token);
    expect(await count()).toBe('2');
  });

  it('refuses another transaction under the same token', async () => {
    await transact([add('a')], token);
    await expect(transact([add('a', '2')], token)).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  it('is not used up by a transaction that was cancelled', async () => {
    await expect(transact([put('a', mustExist)], token)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    await world.put(key('a'));
    await transact([put('a', mustExist)], token);
  });
});

describe('TransactGetItems', () => {
  it('answers in order, with nothing for what is not there', async () => {
    await world.put({ ...key('a'), x: { N: '1' }, y: { N: '2' } });
    const answer = await world.execute('TransactGetItems', {
      TransactItems: [
        { Get: { ...main, Key: key('absent') } },
        { Get: { ...main, Key: key('a'), ProjectionExpression: 'x' } },
      ],
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(answer.Responses).toEqual([{}, { Item: { x: { N: '1' } } }]);
    expect(answer.ConsumedCapacity).toEqual([{ TableName: 'main', CapacityUnits: 4, ReadCapacityUnits: 4 }]);
  });
});
