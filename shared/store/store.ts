import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FunctionContext } from '#aws/function-context';
import type { Clock } from '#kernel/clock';
import { createKeyRing, type Keys } from './secrets.ts';
import { createTable, type Table } from './table.ts';

/** Both tables of one client, and the time that is written into them. Made once per handler. */
export interface Store {
  clock: Clock;
  dynamodb: DynamoDBClient;
  main: Table;
  catalogue: Table;
  /** Read, or made, at first use and then kept. */
  keys(): Promise<Keys>;
}

export const openStore = ({
  aws,
  settings,
  clock,
}: Pick<FunctionContext, 'aws' | 'settings' | 'clock'>): Store => {
  const catalogue = createTable(aws.dynamodb, settings.catalogueTable);
  return {
    clock,
    dynamodb: aws.dynamodb,
    main: createTable(aws.dynamodb, settings.mainTable),
    catalogue,
    keys: createKeyRing(catalogue),
  };
};
