import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, type TestDynamo, type TestItem } from '../testing/dynamo.ts';

const item = {
  ...key('x'),
  n: { N: '5' },
  s: { S: 'abc' },
  l: { L: [{ N: '0' }, { S: 'abc' }, { N: '2' }, { N: '3' }] },
  m: { M: { x: { N: '1' }, y: { M: { z: { S: 'q' } } } } },
  ss: { SS: ['a', 'b'] },
  nul: { NULL: true },
  t: { BOOL: true },
} satisfies TestItem;

let dynamo: TestDynamo;
beforeAll(async () => {
  dynamo = await createTestDynamo();
});
beforeEach(() => dynamo.put(item));
afterAll(() => dynamo.db.close());

const five = { ':v': { N: '5' } };
const one = { ':v': { N: '1' } };
const text = { ':v': { S: 'abc' } };
type Row = readonly [expression: string, values: TestItem | undefined, expected: string];

const refusal = (error: unknown): string => (error as Error).message;
const placeholders = (values: TestItem | undefined, names?: Record<string, string>) => ({
  ...(values ? { ExpressionAttributeValues: values } : {}),
  ...(names ? { ExpressionAttributeNames: names } : {}),
});
const holds = (ConditionExpression: string, values?: TestItem, names?: Record<string, string>) =>
  dynamo
    .execute('PutItem', {
      TableName: 'main',
      Item: item,
      ConditionExpression,
      ...placeholders(values, names),
    })
    .then(
      () => 'true',
      (error: Error) => (error.name === 'ConditionalCheckFailedException' ? 'false' : refusal(error)),
    );
const update = (UpdateExpression: string, values?: TestItem, names?: Record<string, string>) =>
  dynamo.execute('UpdateItem', {
    TableName: 'main',
    Key: key('x'),
    UpdateExpression,
    ReturnValues: 'UPDATED_NEW',
    ...placeholders(values, names),
  });

describe('a condition', () => {
  it.each<Row>([
    ['n = :v', { ':v': { N: '5.0' } }, 'true'],
    ['n <> :v', text, 'true'],
    ['n <= :v AND n >= :v', five, 'true'],
    ['n < :v OR n > :v', five, 'false'],
    ['absent = :v', text, 'false'],
    ['absent <> :v', text, 'true'],
    ['absent <> nothing', undefined, 'true'],
    ['NOT absent < :v', one, 'true'],
    ['s > n', undefined, 'false'],
    ['n BETWEEN :a AND :b', { ':a': { N: '1' }, ':b': { N: '9' } }, 'true'],
    ['n IN (:a, s, :v)', { ':a': { N: '1' }, ...five }, 'true'],
    ['size(l) = :v', { ':v': { N: '4' } }, 'true'],
    ['size(n) = :v', one, 'false'],
    ['size(:v) = n', { ':v': { S: '12345' } }, 'true'],
    ['attribute_exists(m.y.z) AND attribute_not_exists(l[9])', undefined, 'true'],
    ['attribute_not_exists(nul)', undefined, 'false'],
    ['attribute_type(n, :v)', { ':v': { S: 'N' } }, 'true'],
    ['begins_with(s, :v)', { ':v': { S: 'ab' } }, 'true'],
    ['begins_with(n, :v)', { ':v': { S: '5' } }, 'false'],
    ['contains(ss, :v)', { ':v': { S: 'b' } }, 'true'],
    ['contains(l, s)', undefined, 'true'],
    ['contains(m, :v)', { ':v': { S: 'x' } }, 'false'],
    ['m = :v', { ':v': item.m }, 'true'],
    ['ss = :v', { ':v': { SS: ['b', 'a'] } }, 'true'],
    ['s = :w OR n = :v AND t = :v', { ':w': { S: 'abc' }, ':v': { N: '9' } }, 'true'],
    ['NOT n = :v AND n = :v', five, 'false'],
    ['NOT (n = :v AND s = :v)', five, 'true'],
    ['(n) = (:v)', five, 'true'],
    ['not n=:v or n=:v', five, 'true'],
  ])('%s', async (expression, values, expected) => {
    expect(await holds(expression, values)).toBe(expected);
  });

  it.each<Row>([
    ['', five, 'The expression can not be empty;'],
    ['n', undefined, 'Syntax error; token: "<EOF>", near: "n"'],
    ['n = :v)', five, 'Syntax error; token: ")", near: ":v)"'],
    ['n == :v', five, 'Syntax error; token: "=", near: "== :v"'],
    ['n = 5', undefined, 'Syntax error; token: "5", near: "= 5"'],
    ['n AND s', undefined, 'Syntax error; token: "AND", near: "n AND s"'],
    ['n = set', undefined, 'Syntax error; token: "set", near: "= set"'],
    ['((n = :v))', five, 'The expression has redundant parentheses;'],
    [
      'size(l)',
      undefined,
      'The function is not allowed to be used this way in an expression; function: size',
    ],
    ['foo(n)', undefined, 'Invalid function name; function: foo'],
    [
      'if_not_exists(n, :v)',
      one,
      'The function is not allowed in a condition expression; function: if_not_exists',
    ],
    ['status = :v', five, 'Attribute name is a reserved keyword; reserved keyword: status'],
    [
      'n = n',
      undefined,
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]',
    ],
    [
      'attribute_exists(:v)',
      one,
      'Operator or function requires a document path; operator or function: attribute_exists',
    ],
    [
      'attribute_exists(n, s)',
      undefined,
      'Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2',
    ],
    [
      'begins_with(s, :v)',
      one,
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'n < :v',
      { ':v': { BOOL: true } },
      'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL',
    ],
    [
      'n = :v',
      undefined,
      'An expression attribute value used in expression is not defined; attribute value: :v',
    ],
    [
      '#n = :v',
      five,
      'An expression attribute name used in the document path is not defined; attribute name: #n',
    ],
    [
      `n = :v${' '.repeat(5000)}`,
      five,
      'Expression size has exceeded the maximum allowed size; expression size: 5006',
    ],
  ])('refuses %s', async (expression, values, expected) => {
    expect(await holds(expression, values)).toBe(`Invalid ConditionExpression: ${expected}`);
  });

  it('refuses names and values that it does not mention', async () => {
    expect(await holds('n = :v', { ...five, ':w': { N: '1' } })).toBe(
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
    );
    expect(await holds('n = :v', five, { '#a': 'a' })).toBe(
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
    );
  });

  it('reaches names with dots and reserved words through placeholders', async () => {
    await dynamo.put({ ...item, 'a.b': { S: 'dot' }, status: { S: 'on' } });
    expect(
      await holds(
        '#d = :d AND #s = :s',
        { ':d': { S: 'dot' }, ':s': { S: 'on' } },
        { '#d': 'a.b', '#s': 'status' },
      ),
    ).toBe('true');
  });

  it('does not take what every object has for an attribute', async () => {
    expect(await holds('attribute_exists(#c)', undefined, { '#c': 'constructor' })).toBe('false');
  });

  it('refuses a path into a key of the table or an index', async () => {
    expect(await holds('#at.x = :v', one, { '#at': 'at' })).toContain('Key attributes must be scalars');
  });
});

describe('an update', () => {
  it.each<readonly [string, TestItem | undefined, TestItem | undefined]>([
    ['SET n = n + :v, q = n - :v', one, { n: { N: '6' }, q: { N: '4' } }],
    ['SET n = if_not_exists(absent, :v) + :v', one, { n: { N: '2' } }],
    ['SET m.y.q = m.x', undefined, { m: { M: { y: { M: { q: { N: '1' } } } } } }],
    [
      'SET l = list_append(if_not_exists(absent, :v), :v)',
      { ':v': { L: [{ N: '9' }] } },
      { l: { L: [{ N: '9' }, { N: '9' }] } },
    ],
    ['REMOVE n SET q = n', undefined, { q: { N: '5' } }],
    ['ADD n :v, absent :v, m.q :v', one, { n: { N: '6' }, absent: { N: '1' }, m: { M: { q: { N: '1' } } } }],
    ['ADD ss :v', { ':v': { SS: ['c', 'a'] } }, { ss: { SS: ['a', 'b', 'c'] } }],
    ['DELETE ss :v', { ':v': { SS: ['a', 'z'] } }, { ss: { SS: ['b'] } }],
    ['DELETE ss :v', { ':v': { SS: ['a', 'b'] } }, undefined],
    ['set n = :v remove s', one, { n: { N: '1' } }],
  ])('%s', async (expression, values, expected) => {
    expect((await update(expression, values)).Attributes).toEqual(expected);
  });

  it.each<readonly [string, TestItem | undefined, readonly string[]]>([
    [
      'SET l[9] = :v, l[7] = :w',
      { ':v': { N: '91' }, ':w': { N: '71' } },
      ['0', 'abc', '2', '3', '71', '91'],
    ],
    ['SET l[4294967296] = :v', one, ['0', 'abc', '2', '3', '1']],
    ['REMOVE l[0], l[1]', undefined, ['2', '3']],
    ['REMOVE l[0] SET l[1] = :v', one, ['1', '2', '3']],
    ['SET l[4] = :v REMOVE l[3]', one, ['0', 'abc', '2', '1']],
    ['REMOVE l[1] SET l[2] = l[1]', undefined, ['0', 'abc', '3']],
    ['REMOVE l[99]', undefined, ['0', 'abc', '2', '3']],
  ])('%s counts places as they were before', async (expression, values, expected) => {
    await update(expression, values);
    const list = (await dynamo.item('x'))?.l?.L;
    expect(list?.map((element) => element.S ?? element.N)).toEqual(expected);
  });

  it.each<Row>([
    [
      'SET n = :v, n = :v',
      one,
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]',
    ],
    [
      'SET m.x = :v REMOVE m[0]',
      one,
      'Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, x], path two: [m, [0]]',
    ],
    [
      'SET n = :v SET s = :v',
      one,
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    ['SET n = n + n + :v', one, 'Invalid UpdateExpression: Syntax error; token: "+", near: "n + :v"'],
    ['SET l[00] = :v', one, 'Invalid UpdateExpression: Syntax error; token: "0", near: "00]"'],
    [
      'SET n = n + :v',
      text,
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S',
    ],
    [
      'ADD n :v',
      text,
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
    ],
    [
      'SET n = if_not_exists(n, n)',
      undefined,
      'Invalid UpdateExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: if_not_exists, first operand: [n]',
    ],
    [
      'SET n = if_not_exists(n, absent)',
      undefined,
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    ['SET n = s + :v', one, 'An operand in the update expression has an incorrect data type'],
    ['SET a.b = :v', one, 'The document path provided in the update expression is invalid for update'],
    ['SET m[0] = :v', one, 'The document path provided in the update expression is invalid for update'],
    [
      'SET pk = :v',
      text,
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    ],
    [
      'SET unsettled = :v',
      one,
      'The update expression attempted to update the secondary index key to unsupported type',
    ],
    [
      'SET x = :v',
      { ':v': { S: 'x'.repeat(409_600) } },
      'Item size to update has exceeded the maximum allowed size',
    ],
  ])('refuses %s and leaves the item as it was', async (expression, values, expected) => {
    expect(await update(expression, values).catch(refusal)).toBe(expected);
    expect(await dynamo.item('x')).toEqual(item);
  });
});

describe('a projection', () => {
  const get = async (ProjectionExpression: string) =>
    (await dynamo.execute('GetItem', { TableName: 'main', Key: key('x'), ProjectionExpression })).Item;

  it('keeps the parts that the paths lead to, lists closed up in their order', async () => {
    expect(await get('l[3], l[1], m.y.z')).toEqual({
      l: { L: [{ S: 'abc' }, { N: '3' }] },
      m: { M: { y: { M: { z: { S: 'q' } } } } },
    });
  });

  it('leaves out what is not there', async () => {
    expect(await get('m.q, l[9], absent, n')).toEqual({ n: { N: '5' } });
  });

  it('refuses paths that overlap', async () => {
    await expect(get('l[1], l[1].x')).rejects.toThrow('Two document paths overlap');
  });
});
