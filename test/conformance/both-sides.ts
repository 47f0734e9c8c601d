import { afterAll, beforeAll } from 'vitest';
import { differences, isStricter, type Outcome, text } from './compare.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.ts';
import type { GeneratedOperation } from './operations.ts';
import { createOurs, createTheirs, type Side } from './sides.ts';

/** Our DynamoDB and AWS's, both empty at the start of the file and gone at its end. */
export const useBothSides = () => {
  let local: DynamoDbLocal;
  let ours: Side;
  let theirs: Side;
  beforeAll(async () => {
    local = await startDynamoDbLocal();
    ours = createOurs();
    theirs = createTheirs(local.endpoint);
  });
  afterAll(async () => {
    await ours?.close();
    await theirs?.close();
    await local?.stop();
  });
  const both = async (name: string, input: object): Promise<[Outcome, Outcome]> => {
    const operation = { name, input: input as Record<string, unknown> };
    return [await ours.run(operation), await theirs.run(operation)];
  };
  return {
    ours: () => ours,
    theirs: () => theirs,
    endpoint: () => local.endpoint,
    both,
    /** Runs the operation on both and throws what differs. */
    async expectSame(operation: GeneratedOperation): Promise<void> {
      const mine = await ours.run(operation);
      if (isStricter(mine)) return;
      const found = differences(operation, mine, await theirs.run(operation));
      if (found.length > 0)
        throw new Error(`${operation.name} ${text(operation.input)}\n  ${found.join('\n  ')}`);
    },
    /** A table with the keys `id` (text), or `pk` (text) and `sk` (number). */
    async createTable(TableName: string, range = false): Promise<void> {
      const keys = range ? ['pk', 'sk'] : ['id'];
      await both('CreateTable', {
        TableName,
        AttributeDefinitions: keys.map((AttributeName, i) => ({
          AttributeName,
          AttributeType: i === 0 ? 'S' : 'N',
        })),
        KeySchema: keys.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
        BillingMode: 'PAY_PER_REQUEST',
      });
    },
  };
};
