import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Draw } from './draw.ts';
import { ExpressionWriter } from './expressions.ts';
import { anItem, type TestTable } from './tables.ts';
import { type Item, valueFor } from './values.ts';

export interface GeneratedOperation {
  name: string;
  input: Record<string, unknown>;
}

type Tables = readonly [TestTable, TestTable, TestTable];

const aTable = (draw: Draw, [main, number, bytes]: Tables): TestTable =>
  draw.chance(0.8) ? main : draw.pick([number, bytes]);

const maybe = <T>(draw: Draw, probability: number, value: () => T): T | Record<string, never> =>
  draw.chance(probability) ? value() : {};

/** Writes come a little more often than reads. */
export const anOperation = (draw: Draw, tables: Tables): GeneratedOperation => {
  const makers = [
    put,
    put,
    put,
    update,
    update,
    update,
    remove,
    get,
    batchGet,
    batchWrite,
    query,
    query,
    query,
  ];
  return draw.pick([...makers, scan, transactWrite, transactWrite, transactGet])(draw, tables);
};

const put = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const input = {
    TableName: table.name,
    Item: anItem(draw, table),
    ...maybe(draw, 0.4, () => ({
      ConditionExpression: writer.condition(),
      ...maybe(draw, 0.3, () => ({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    })),
    ...maybe(draw, 0.3, () => ({ ReturnValues: draw.pick(['ALL_OLD', 'NONE', 'ALL_NEW']) })),
    ReturnConsumedCapacity: 'INDEXES',
  };
  return { name: 'PutItem', input: { ...input, ...writer.placeholders() } };
};

const update = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const input = {
    TableName: table.name,
    Key: aKey(draw, table),
    ...maybe(draw, 0.95, () => ({ UpdateExpression: writer.update() })),
    ...maybe(draw, 0.3, () => ({
      ConditionExpression: writer.condition(),
      ...maybe(draw, 0.3, () => ({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    })),
    ReturnValues: draw.pick(['ALL_NEW', 'ALL_OLD', 'UPDATED_NEW', 'UPDATED_OLD', 'NONE']),
    ReturnConsumedCapacity: 'INDEXES',
  };
  return { name: 'UpdateItem', input: { ...input, ...writer.placeholders() } };
};

const aKey = (draw: Draw, table: TestTable): Item =>
  draw.chance(0.98)
    ? table.key(draw)
    : draw.pick<Item>([{}, { pk: { S: 'p' } }, { ...table.key(draw), x: { S: 'x' } }]);

const remove = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const input = {
    TableName: table.name,
    Key: aKey(draw, table),
    ...maybe(draw, 0.3, () => ({ ConditionExpression: writer.condition() })),
    ...maybe(draw, 0.5, () => ({ ReturnValues: 'ALL_OLD' })),
    ReturnConsumedCapacity: 'TOTAL',
  };
  return { name: 'DeleteItem', input: { ...input, ...writer.placeholders() } };
};

const get = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const input = {
    TableName: table.name,
    Key: aKey(draw, table),
    ConsistentRead: draw.chance(0.5),
    ...maybe(draw, 0.5, () => ({ ProjectionExpression: writer.projection() })),
    ReturnConsumedCapacity: 'TOTAL',
  };
  return { name: 'GetItem', input: { ...input, ...writer.placeholders() } };
};

const batchGet = (draw: Draw, [main, number]: Tables): GeneratedOperation => ({
  name: 'BatchGetItem',
  input: {
    RequestItems: {
      [main.name]: { Keys: draw.some(1, 4, () => main.key(draw)), ConsistentRead: draw.chance(0.5) },
      ...maybe(draw, 0.3, () => ({ [number.name]: { Keys: [number.key(draw)] } })),
    },
    ReturnConsumedCapacity: 'TOTAL',
  },
});

const batchWrite = (draw: Draw, [main, , bytes]: Tables): GeneratedOperation => {
  const request = (table: TestTable) =>
    draw.chance(0.7)
      ? { PutRequest: { Item: anItem(draw, table) } }
      : { DeleteRequest: { Key: table.key(draw) } };
  return {
    name: 'BatchWriteItem',
    input: {
      RequestItems: {
        [main.name]: draw.some(1, 4, () => request(main)),
        ...maybe(draw, 0.3, () => ({ [bytes.name]: [request(bytes)] })),
      },
      ReturnConsumedCapacity: 'INDEXES',
    },
  };
};

const query = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const index = table.indexes.length > 0 && draw.chance(0.5) ? draw.pick(table.indexes) : undefined;
  const keys = index?.keys ?? table.keys;
  const hash = index && !index.local ? valueFor(draw, keys[0]!) : table.key(draw)[keys[0]!]!;
  const range = () => table.key(draw)[keys[1]!] ?? valueFor(draw, keys[1]!);
  const projection = draw.chance(0.3);
  const input = {
    TableName: table.name,
    KeyConditionExpression: writer.keyCondition(keys, hash, range),
    ...(index ? { IndexName: index.name } : {}),
    ...maybe(draw, 0.25, () => ({ FilterExpression: writer.condition() })),
    ...(projection ? { ProjectionExpression: writer.projection() } : {}),
    ...(!projection && draw.chance(0.2)
      ? { Select: draw.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']) }
      : {}),
    ...maybe(draw, 0.4, () => ({ Limit: draw.below(4) + (draw.chance(0.97) ? 1 : 0) })),
    ...maybe(draw, 0.5, () => ({ ScanIndexForward: draw.chance(0.5) })),
    ConsistentRead: draw.chance(index?.local === false ? 0.05 : 0.5),
    ReturnConsumedCapacity: 'INDEXES',
  };
  return { name: 'Query', input: { ...input, ...writer.placeholders() } };
};

const scan = (draw: Draw, tables: Tables): GeneratedOperation => {
  const table = aTable(draw, tables);
  const writer = new ExpressionWriter(draw);
  const index = table.indexes.length > 0 && draw.chance(0.3) ? draw.pick(table.indexes) : undefined;
  const input = {
    TableName: table.name,
    ...(index ? { IndexName: index.name } : {}),
    ...maybe(draw, 0.6, () => ({ FilterExpression: writer.condition() })),
    ...maybe(draw, 0.3, () => ({ ProjectionExpression: writer.projection() })),
    ConsistentRead: draw.chance(index?.local === false ? 0.05 : 0.5),
    ReturnConsumedCapacity: 'TOTAL',
  };
  return { name: 'Scan', input: { ...input, ...writer.placeholders() } };
};

const transactWrite = (draw: Draw, tables: Tables): GeneratedOperation => ({
  name: 'TransactWriteItems',
  input: {
    TransactItems: draw.some(1, 4, () => transactMember(draw, tables)),
  },
});

const transactMember = (draw: Draw, tables: Tables): TransactWriteItem => {
  const returnItem = maybe(draw, 0.4, () => ({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }));
  if (draw.chance(0.15)) {
    const table = aTable(draw, tables);
    const writer = new ExpressionWriter(draw);
    const check = { TableName: table.name, Key: table.key(draw), ConditionExpression: writer.condition() };
    return { ConditionCheck: { ...check, ...writer.placeholders(), ...returnItem } };
  }
  const { name, input } = draw.pick([put, update, remove])(draw, tables);
  const { ReturnValues: _, ReturnConsumedCapacity: __, ...rest } = input;
  const kind = name === 'PutItem' ? 'Put' : name === 'UpdateItem' ? 'Update' : 'Delete';
  if (kind === 'Update' && rest.UpdateExpression === undefined)
    return { Delete: { TableName: tables[0].name, Key: tables[0].key(draw) } };
  return { [kind]: { ...rest, ...returnItem } } as TransactWriteItem;
};

const transactGet = (draw: Draw, [main, number]: Tables): GeneratedOperation => ({
  name: 'TransactGetItems',
  input: {
    TransactItems: draw.some(1, 3, () => {
      const table = draw.chance(0.8) ? main : number;
      return { Get: { TableName: table.name, Key: table.key(draw) } };
    }),
  },
});
