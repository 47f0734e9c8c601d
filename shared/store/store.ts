import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FunctionContext } from '#aws/function-context';
import type { Clock } from '#kernel/clock';
import { ttlAttribute } from './keys.ts';
import { createKeyRing, type KeyRing } from './secrets.ts';
import { createTable, type Table } from './table.ts';

/** The tables of one client, and the time that is written into them. Made once per handler. */
export interface Store {
  clock: Clock;
  dynamodb: DynamoDBClient;
  main: Table;
  catalogue: Table;
  /** Who did what. It is only ever added to. */
  audit: Table;
  /** When something that happened then (ISO) need not be kept any more, as the table's own end of an item. */
  keptUntil(at: string): { expiresAt: number };
  /** The same of what was done by an administrator. */
  auditKeptUntil(at: string): { expiresAt: number };
  /** Read, or made, at first use and then kept for a while. */
  keys: KeyRing;
}

export const openStore = ({
  aws,
  settings,
  clock,
}: Pick<FunctionContext, 'aws' | 'settings' | 'clock'>): Store => {
  const catalogue = createTable(aws.dynamodb, settings.catalogueTable);
  const until = (at: string, seconds: number): { expiresAt: number } => ({
    [ttlAttribute]: Math.ceil(Date.parse(at) / 1000) + seconds,
  });
  return {
    clock,
    dynamodb: aws.dynamodb,
    main: createTable(aws.dynamodb, settings.mainTable),
    catalogue,
    audit: createTable(aws.dynamodb, settings.auditTable),
    keptUntil: (at) => until(at, settings.retentionSeconds),
    auditKeptUntil: (at) => until(at, settings.auditRetentionSeconds),
    keys: createKeyRing(catalogue, clock),
  };
};
