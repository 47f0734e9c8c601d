import { describeStream, getRecords, getShardIterator, listStreams } from '../streams/operations.ts';
import { batchGetItem } from './batch-get-item.ts';
import { batchWriteItem } from './batch-write-item.ts';
import { createTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { getItem } from './get-item.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { deleteTable, describeTable, listTables } from './table-operations.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';

export const reads = {
  BatchGetItem: batchGetItem,
  DescribeStream: describeStream,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  GetItem: getItem,
  GetRecords: getRecords,
  GetShardIterator: getShardIterator,
  ListStreams: listStreams,
  ListTables: listTables,
  Query: query,
  Scan: scan,
  TransactGetItems: transactGetItems,
} as const;

/** These decide everything before they change anything. */
export const writes = {
  BatchWriteItem: batchWriteItem,
  DeleteItem: deleteItem,
  PutItem: putItem,
  TransactWriteItems: transactWriteItems,
  UpdateItem: updateItem,
  UpdateTimeToLive: updateTimeToLive,
} as const;

/** These make and drop SQLite tables, which can fail half-way. */
export const definitions = {
  CreateTable: createTable,
  DeleteTable: deleteTable,
} as const;

export type Operations = typeof reads & typeof writes & typeof definitions;
export type OperationName = keyof Operations;
export type InputOf<Name extends OperationName> = Parameters<Operations[Name]>[0];
export type OutputOf<Name extends OperationName> = ReturnType<Operations[Name]>;
