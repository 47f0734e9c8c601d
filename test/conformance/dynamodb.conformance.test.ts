import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useBothSides } from './both-sides.ts';
import { text } from './compare.ts';
import { Draw } from './draw.ts';
import { anOperation } from './operations.ts';
import { seed } from './seed.ts';
import type { Side } from './sides.ts';
import { type TestTable, testTables } from './tables.ts';

const sides = useBothSides();

let tablesMade = 0;
const withTables = async (work: (tables: ReturnType<typeof testTables>) => Promise<void>): Promise<void> => {
  const tables = testTables(tablesMade++);
  for (const { definition } of tables) await sides.both('CreateTable', definition);
  try {
    await work(tables);
  } finally {
    for (const { name } of tables) await sides.both('DeleteTable', { TableName: name });
  }
};

const expectSameItems = async (tables: readonly TestTable[]): Promise<void> => {
  for (const { name, indexes } of tables) {
    await sides.expectSame({ name: 'Scan', input: { TableName: name } });
    for (const index of indexes)
      await sides.expectSame({ name: 'Scan', input: { TableName: name, IndexName: index.name } });
  }
};

/** All items of some partitions, three at a time. */
const walk = async (side: Side, table: TestTable, IndexName: string | undefined, forward: boolean) => {
  const keys = table.indexes.find(({ name }) => name === IndexName)?.keys ?? table.keys;
  const found: string[] = [];
  for (const hash of ['p', 'q', 'é', 'a', 'abc']) {
    let start: unknown;
    do {
      const input = {
        TableName: table.name,
        ...(IndexName ? { IndexName } : {}),
        KeyConditionExpression: '#h = :h',
        ExpressionAttributeNames: { '#h': keys[0]! },
        ExpressionAttributeValues: { ':h': { S: hash } },
        Limit: 3,
        ScanIndexForward: forward,
        ...(start ? { ExclusiveStartKey: start } : {}),
      };
      const { output } = await side.run({ name: 'Query', input });
      found.push(...(output!.Items as unknown[]).map(text));
      start = output!.LastEvaluatedKey;
    } while (start);
  }
  return found;
};

describe(`generated operations (WAYLEAF_SEED=${seed})`, () => {
  it('give the same answers, refusals and items', async () => {
    const seeds = fc.array(fc.noShrink(fc.nat()), { minLength: 30, maxLength: 90, size: 'max' });
    const property = fc.asyncProperty(seeds, (drawn) =>
      withTables(async (tables) => {
        for (const one of drawn) await sides.expectSame(anOperation(new Draw(one), tables));
        await expectSameItems(tables);
      }),
    );
    await fc.assert(property, { seed, numRuns: 100, interruptAfterTimeLimit: 240_000 });
  });

  it('walk the same items page by page', async () => {
    const draw = new Draw(seed);
    await withTables(async (tables) => {
      const [main] = tables;
      for (let i = 0; i < 150; i++) await sides.expectSame(anOperation(draw, tables));
      for (const index of [undefined, ...main.indexes])
        for (const forward of [true, false]) {
          const a = await walk(sides.ours(), main, index?.name, forward);
          const b = await walk(sides.theirs(), main, index?.name, forward);
          expect(a.toSorted()).toEqual(b.toSorted());
          if (!index) expect(a).toEqual(b);
        }
    });
  });
});
