import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Clients } from '#aws/clients';
import type { Settings } from '#aws/function-context';
import type { Client } from '#model/client';
import { openStore, type Store } from '#store/store';
import { localSettings } from '../contexts.ts';
import { createDynamo } from '../dynamodb/engine.ts';
import { createKept, type Kept } from '../kept.ts';
import { openDatabase } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { createLocalClients } from '../wire/seams.ts';
import { worldFile } from './backup.ts';

export type WireItem = Record<string, { S?: string }>;

/** The tables of a world that does not run: nothing moves by itself. */
export interface Tables {
  store: Store;
  kept: Kept;
  /** Of the main table. */
  items(): AsyncGenerator<WireItem>;
  put(item: WireItem): Promise<void>;
  close(): Promise<void>;
}

export const openTables = (data: string, client: Client, clock: WorldClock): Tables => {
  const db = openDatabase(worldFile(data));
  const settings: Settings = localSettings(client, 'http://127.0.0.1:4747');
  const dynamo = createDynamo({ db, clock, region: settings.region, account: settings.account });
  const nothing = () => Promise.reject(new Error('The world is not running.'));
  const services = {
    ...{ secretsmanager: nothing, sfn: nothing, ses: nothing, sns: nothing },
    dynamodb: (operation: string, input: unknown) => dynamo.execute(operation as never, input as never),
  };
  const aws: Clients = createLocalClients(services, { seam: 'direct', region: settings.region });
  const TableName = settings.mainTable;
  return {
    store: openStore({ aws, settings, clock }),
    kept: createKept(db),
    async *items() {
      let start: WireItem | undefined;
      do {
        const page = await aws.dynamodb.send(
          new ScanCommand({ TableName, ...(start && { ExclusiveStartKey: start as never }) }),
        );
        yield* (page.Items ?? []) as WireItem[];
        start = page.LastEvaluatedKey as WireItem | undefined;
      } while (start);
    },
    async put(item) {
      await aws.dynamodb.send(new PutItemCommand({ TableName, Item: item as never }));
    },
    async close() {
      dynamo.stop();
      await db.close();
    },
  };
};
