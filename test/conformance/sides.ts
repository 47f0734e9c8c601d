import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '#infra/local/aws-error';
import { createDynamo } from '#infra/local/dynamodb/engine';
import { openDatabase } from '#infra/local/sqlite/database';
import { createVirtualClock } from '#infra/local/time/clock';
import type { Outcome } from './compare.ts';
import type { GeneratedOperation } from './operations.ts';

/** One implementation of DynamoDB. */
export interface Side {
  run(operation: GeneratedOperation): Promise<Outcome>;
  close(): Promise<void>;
}

export const createOurs = (): Side => {
  const db = openDatabase(':memory:');
  const dynamo = createDynamo({ db, clock: createVirtualClock(Date.UTC(2026, 10, 22)) });
  return {
    async run({ name, input }) {
      try {
        return {
          output: (await dynamo.execute(name as 'PutItem', input as never)) as Record<string, unknown>,
        };
      } catch (error) {
        // Anything else is a defect and must end the test.
        if (!(error instanceof AwsError)) throw error;
        return { error: { name: error.name, message: error.message, ...reasons(error.fields) } };
      }
    },
    async close() {
      dynamo.stop();
      await db.close();
    },
  };
};

const commands = {
  BatchGetItem: BatchGetItemCommand,
  BatchWriteItem: BatchWriteItemCommand,
  CreateTable: CreateTableCommand,
  DeleteItem: DeleteItemCommand,
  DeleteTable: DeleteTableCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  TransactGetItems: TransactGetItemsCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
};

export const createTheirs = (endpoint: string): Side => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    async run({ name, input }) {
      const Command = commands[name as 'PutItem'];
      try {
        return { output: { ...(await client.send(new Command(input as never))) } };
      } catch (error) {
        const { name: errorName, message } = error as Error;
        return { error: { name: errorName, message, ...reasons(error as object) } };
      }
    },
    async close() {
      client.destroy();
    },
  };
};

const reasons = (fields: object) =>
  'CancellationReasons' in fields ? { reasons: fields.CancellationReasons as never } : {};
