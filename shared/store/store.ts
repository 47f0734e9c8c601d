import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FunctionContext } from '#aws/function-context';
import type { Clock } from '#kernel/clock';
import { createTable, type Table } from './table.ts';

/** Both tables of one client, and the time that is written into them. */
export interface Store {
  clock: Clock;
  dynamodb: DynamoDBClient;
  main: Table;
  catalogue: Table;
}

export const openStore = ({ aws, settings, clock }: Pick<FunctionContext, 'aws' | 'settings' | 'clock'>): Store => ({
  clock,
  dynamodb: aws.dynamodb,
  main: createTable(aws.dynamodb, settings.mainTable),
  catalogue: createTable(aws.dynamodb, settings.catalogueTable),
});
