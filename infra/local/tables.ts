import type { CreateTableCommandInput, DescribeTableCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Settings } from '#aws/function-context';
import { ttlAttribute } from '#store/keys';
import type { Execute } from './wire/model.ts';

const keySchema = (hash: string, range: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const keysOnly = { ProjectionType: 'KEYS_ONLY' } as const;
const whole = { ProjectionType: 'ALL' } as const;
const texts = (...names: string[]): CreateTableCommandInput['AttributeDefinitions'] =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

/** The tables as `infra/aws/data-stack.ts` deploys them. */
const definitions = ({ mainTable, catalogueTable, auditTable }: Settings): CreateTableCommandInput[] => [
  {
    TableName: mainTable,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: texts(
      ...['pk', 'sk', 'at', 'unsettled', 'unsettledAt', 'agenda', 'agendaAt', 'memberOf', 'memberSince'],
    ),
    KeySchema: keySchema('pk', 'sk'),
    LocalSecondaryIndexes: [{ IndexName: 'by-time', KeySchema: keySchema('pk', 'at'), Projection: keysOnly }],
    GlobalSecondaryIndexes: [
      { IndexName: 'unsettled', KeySchema: keySchema('unsettled', 'unsettledAt'), Projection: keysOnly },
      { IndexName: 'agenda', KeySchema: keySchema('agenda', 'agendaAt'), Projection: keysOnly },
      { IndexName: 'members', KeySchema: keySchema('memberOf', 'memberSince'), Projection: keysOnly },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
  {
    TableName: catalogueTable,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: texts('pk', 'sk'),
    KeySchema: keySchema('pk', 'sk'),
  },
  {
    TableName: auditTable,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: texts('pk', 'sk', 'actor', 'subject'),
    KeySchema: keySchema('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'by-actor', KeySchema: keySchema('actor', 'sk'), Projection: whole },
      { IndexName: 'by-subject', KeySchema: keySchema('subject', 'sk'), Projection: whole },
    ],
  },
];

/** Makes what is not there yet. */
export const createTables = async (dynamodb: Execute, settings: Settings): Promise<void> => {
  for (const definition of definitions(settings)) {
    if (await exists(dynamodb, definition)) continue;
    await dynamodb('CreateTable', definition);
    const TimeToLiveSpecification = { AttributeName: ttlAttribute, Enabled: true };
    await dynamodb('UpdateTimeToLive', { TableName: definition.TableName, TimeToLiveSpecification });
  }
};

const exists = async (dynamodb: Execute, definition: CreateTableCommandInput): Promise<boolean> => {
  const { TableName } = definition;
  try {
    const { Table } = (await dynamodb('DescribeTable', { TableName })) as DescribeTableCommandOutput;
    const known = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName);
    const missing = definition.GlobalSecondaryIndexes?.find(({ IndexName }) => !known.includes(IndexName));
    if (!missing) return true;
    throw new Error(
      `These data are of an earlier version: table ${TableName} has no index "${missing.IndexName}". Begin with a new folder (--data DIR).`,
    );
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return false;
    throw error;
  }
};
