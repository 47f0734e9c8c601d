import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FunctionContext } from '#aws/function-context';
import { createTable, type Table } from './table.ts';

/** Both tables of one client. */
export interface Store {
  dynamodb: DynamoDBClient;
  main: Table;
  catalogue: Table;
}

export const openStore = ({ aws, settings }: Pick<FunctionContext, 'aws' | 'settings'>): Store => ({
  dynamodb: aws.dynamodb,
  main: createTable(aws.dynamodb, settings.mainTable),
  catalogue: createTable(aws.dynamodb, settings.catalogueTable),
});
