import type {
  CreateTableCommandInput,
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
  ProvisionedThroughputDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Database } from '../../sqlite/database.ts';
import { sqlNames } from './storage.ts';
import type { Table } from './table.ts';

/** What the service says about a table. Sizes and counts are exact here, six hours old there. */
export const describeTable = ({ schema }: Table, db: Database): TableDescription => {
  const { definition } = schema;
  const { items } = sqlNames(schema.id);
  const { count, size } = db.sql
    .prepare(`SELECT count(*) AS count, total(size) AS size FROM ${items}`)
    .get()!;
  return {
    TableName: schema.name,
    TableArn: schema.arn,
    TableStatus: 'ACTIVE',
    CreationDateTime: new Date(schema.createdAt),
    AttributeDefinitions: definition.AttributeDefinitions!,
    KeySchema: definition.KeySchema!,
    ItemCount: count as number,
    TableSizeBytes: size as number,
    DeletionProtectionEnabled: definition.DeletionProtectionEnabled ?? false,
    ProvisionedThroughput: throughput(definition.ProvisionedThroughput),
    ...(definition.BillingMode === 'PAY_PER_REQUEST'
      ? { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' as const } }
      : {}),
    ...indexDescriptions(schema.arn, definition),
    ...(schema.stream
      ? {
          StreamSpecification: definition.StreamSpecification!,
          LatestStreamLabel: schema.stream.label,
          LatestStreamArn: schema.stream.arn,
        }
      : {}),
  };
};

const throughput = (
  given: CreateTableCommandInput['ProvisionedThroughput'],
): ProvisionedThroughputDescription => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: given?.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: given?.WriteCapacityUnits ?? 0,
});

const indexDescriptions = (
  tableArn: string,
  definition: CreateTableCommandInput,
): Pick<TableDescription, 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes'> => {
  const described = <T extends { IndexName: string | undefined }>(index: T) => ({
    ...index,
    IndexArn: `${tableArn}/index/${index.IndexName}`,
  });
  const local = definition.LocalSecondaryIndexes?.map((i): LocalSecondaryIndexDescription => described(i));
  const global = definition.GlobalSecondaryIndexes?.map(
    ({
      ProvisionedThroughput,
      OnDemandThroughput: _,
      WarmThroughput: __,
      ...index
    }): GlobalSecondaryIndexDescription => ({
      ...described(index),
      IndexStatus: 'ACTIVE',
      ProvisionedThroughput: throughput(ProvisionedThroughput),
    }),
  );
  return {
    ...(local ? { LocalSecondaryIndexes: local } : {}),
    ...(global ? { GlobalSecondaryIndexes: global } : {}),
  };
};
