import type { AttributeValue, CreateTableCommandInput, Projection } from '@aws-sdk/client-dynamodb';
import type { Draw } from './draw.ts';
import { aNumber, type Item, someBytes, valueFor } from './values.ts';

export interface TestTable {
  definition: CreateTableCommandInput;
  name: string;
  keys: readonly string[];
  indexes: readonly { name: string; keys: readonly string[]; local: boolean }[];
  key(draw: Draw): Item;
}

const element = (names: readonly string[]) =>
  names.map((AttributeName, i) => ({
    AttributeName,
    KeyType: i === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
const index = (IndexName: string, keys: readonly string[], projection: Projection) => ({
  IndexName,
  KeySchema: element(keys),
  Projection: projection,
});
const definition = (
  name: string,
  types: Record<string, 'S' | 'N' | 'B'>,
  keys: readonly string[],
  more: Partial<CreateTableCommandInput> = {},
): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  })),
  KeySchema: element(keys),
  ...more,
});

/** One table as the product has it, one keyed by a number alone, one by bytes and a number. */
export const testTables = (suffix: number): readonly [TestTable, TestTable, TestTable] => [
  mainTable(`main-${suffix}`),
  {
    name: `number-${suffix}`,
    definition: definition(`number-${suffix}`, { id: 'N' }, ['id']),
    keys: ['id'],
    indexes: [],
    key: (draw) => ({ id: { N: aNumber(draw) } }),
  },
  {
    name: `bytes-${suffix}`,
    definition: definition(`bytes-${suffix}`, { id: 'B', nr: 'N' }, ['id', 'nr']),
    keys: ['id', 'nr'],
    indexes: [],
    key: (draw) => ({ id: { B: someBytes(draw) }, nr: { N: aNumber(draw) } }),
  },
];

const mainTable = (name: string): TestTable => ({
  name,
  keys: ['pk', 'sk'],
  indexes: [
    { name: 'by-time', keys: ['pk', 'at'], local: true },
    { name: 'by-number', keys: ['pk', 'n'], local: true },
    { name: 'unsettled', keys: ['u', 'ua'], local: false },
    { name: 'everything', keys: ['g'], local: false },
  ],
  definition: definition(name, { pk: 'S', sk: 'S', at: 'S', n: 'N', u: 'S', ua: 'N', g: 'S' }, ['pk', 'sk'], {
    LocalSecondaryIndexes: [
      index('by-time', ['pk', 'at'], { ProjectionType: 'KEYS_ONLY' }),
      index('by-number', ['pk', 'n'], { ProjectionType: 'INCLUDE', NonKeyAttributes: ['m', 's'] }),
    ],
    GlobalSecondaryIndexes: [
      index('unsettled', ['u', 'ua'], { ProjectionType: 'KEYS_ONLY' }),
      index('everything', ['g'], { ProjectionType: 'ALL' }),
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }),
  key: (draw) => ({
    pk: { S: draw.pick(['p', 'q', 'é']) },
    sk: { S: draw.pick(['a', 'ab', 'b', 'é', '𝄞', '\uffee']) },
  }),
});

export const attributes = [
  's',
  'n',
  'l',
  'm',
  'ss',
  'ns',
  'b',
  'at',
  'u',
  'ua',
  'g',
  'status',
  'odd name',
] as const;

export const anItem = (draw: Draw, table: TestTable): Item => {
  const own = draw
    .subset(attributes, 0.45)
    .map((name): [string, AttributeValue] => [name, valueFor(draw, name)]);
  return { ...Object.fromEntries(own), ...table.key(draw) };
};
