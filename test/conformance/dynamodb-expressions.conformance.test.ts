import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBothSides } from './both-sides.ts';
import { type Outcome, text } from './compare.ts';
import {
  conditionExamples,
  type Example,
  exampleItem,
  numberExamples,
  projectionExamples,
  sumExamples,
  updateExamples,
} from './examples.ts';

const { both, createTable } = useBothSides();
const table = { TableName: 'examples' };
const key = { id: { S: 'x' } };

beforeAll(() => createTable(table.TableName));
beforeEach(async () => {
  await both('PutItem', { ...table, Item: { ...key, ...exampleItem } });
});

const placeholders = ({ values, names }: Example) => ({
  ...(values ? { ExpressionAttributeValues: values } : {}),
  ...(names ? { ExpressionAttributeNames: names } : {}),
});

/** The words of a refusal belong to the answer: both have them from one source. */
const expectSameAnswer = ([a, b]: [Outcome, Outcome]): void => {
  const answer = ({ output, error }: Outcome): string =>
    error ? `${error.name}: ${error.message}` : text(output?.Attributes ?? output?.Item ?? 'done');
  expect(answer(a)).toBe(answer(b));
};

describe('conditions', () => {
  it.each(conditionExamples)('$expression', async (example) => {
    const input = { ...table, Key: key, ConditionExpression: example.expression, ...placeholders(example) };
    expectSameAnswer(await both('DeleteItem', input));
  });
});

describe('updates', () => {
  it.each(updateExamples)('$expression', async (example) => {
    const input = { ...table, Key: key, UpdateExpression: example.expression, ReturnValues: 'ALL_NEW' };
    expectSameAnswer(await both('UpdateItem', { ...input, ...placeholders(example) }));
  });
});

describe('projections', () => {
  it.each(projectionExamples)('$expression', async ({ expression }) => {
    expectSameAnswer(await both('GetItem', { ...table, Key: key, ProjectionExpression: expression }));
  });
});

describe('numbers', () => {
  it.each(numberExamples)('"%s" is stored alike', async (N) => {
    const [a, b] = await both('PutItem', { ...table, Item: { ...key, n: { N } } });
    expect(a.error?.name).toBe(b.error?.name);
    const [x, y] = await both('GetItem', { ...table, Key: key, ProjectionExpression: 'n' });
    expect(x.output?.Item).toEqual(y.output?.Item);
  });

  it.each(sumExamples)('%s + %s is the same', async (first, second) => {
    await both('PutItem', { ...table, Item: { ...key, n: { N: first } } });
    const [a, b] = await both('UpdateItem', {
      ...table,
      Key: key,
      UpdateExpression: 'ADD n :v',
      ExpressionAttributeValues: { ':v': { N: second } },
      ReturnValues: 'ALL_NEW',
    });
    expect([a.error?.name, a.output?.Attributes]).toEqual([b.error?.name, b.output?.Attributes]);
  });
});
