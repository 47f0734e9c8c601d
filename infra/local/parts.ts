import { basename, dirname, resolve } from 'node:path';
import type { Clients } from '#aws/clients';
import type { Log, Settings } from '#aws/function-context';
import { type LogLevel, logLevels } from '#aws/log';
import type { Client } from '#model/client';
import type { Simulate } from '#model/simulation';
import { type ClientFolder, clientsFolder, readClientFolder } from '../client-folder.ts';
import { readClientSettings } from '../client-settings.ts';
import { manifest as allFunctions } from '../manifest.ts';
import { namesOf } from '../names.ts';
import { createMessageThread, type MessageThread } from './beside/thread.ts';
import { createChance } from './chance.ts';
import type { WorldClock } from './clock.ts';
import { createContexts, createLogs, localSettings } from './contexts.ts';
import type { Dynamo } from './dynamodb/engine.ts';
import { toLambdaRecord } from './dynamodb/streams/lambda-record.ts';
import { createHappeningFiles } from './happenings.ts';
import { createKept, type Kept } from './kept.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import type { StreamRecord } from './lambda/stream-batch.ts';
import type { StreamSource } from './lambda/stream-reader.ts';
import { createSecrets } from './secretsmanager/secrets.ts';
import { createEngines, type Engines } from './services.ts';
import type { Database } from './sqlite/database.ts';
import { createTables } from './tables.ts';
import { createLocalClients } from './wire/seams.ts';
import { openClock } from './world-clock.ts';
import type { WorldOptions } from './world-options.ts';

/** What a world is made of before anything is deployed to it. */
export interface Parts {
  folder: ClientFolder;
  client: Client;
  settings: Settings;
  kept: Kept;
  clock: WorldClock;
  lambda: Lambda;
  engines: Engines;
  /** Where data is kept: in memory everything stays in the order of its seed. */
  messages: MessageThread | undefined;
  /** May do everything. */
  clients: Clients;
}

export const createParts = async (
  options: WorldOptions,
  db: Database,
  simulate: Simulate,
): Promise<Parts> => {
  const { data, seam = 'direct' } = options;
  const folder = readFolder(options.client ?? 'acme');
  const client = readClientSettings(folder.client);
  const settings = localSettings(client, 'http://127.0.0.1:4747');
  const kept = createKept(db);
  refuseOtherClient(kept, client, data);
  const mode = options.clock ?? (data === undefined ? 'virtual' : 'real');
  const clock = openClock(kept, { mode, start: options.start });
  const logLevel = levelOf(options.logLevel);
  const logFor = createLogs(logLevel, clock);
  const { lambda, engines } = createEngineRoom(options, {
    db,
    clock,
    client,
    settings,
    log: logFor('world'),
  });
  const { services, dynamo } = engines;
  await createTables(services.dynamodb, settings);
  await createSecrets(services.secretsmanager, settings);
  const endpoints = { ...endpointsInEnvironment(), ...options.endpoints };
  const messages = data === undefined ? undefined : createMessageThread();
  const contexts = createContexts({
    ...{ services, settings, clock, seam, logFor, endpoints, simulate },
    ...{ web: options.web, prepare: messages?.prepare, measured: options.measured },
    tell: options.tell ?? (data === undefined ? undefined : createHappeningFiles(data)),
  });
  lambda.connect(contexts, streamOf(dynamo, settings));
  dynamo.onStream((table) => {
    if (table === settings.mainTable) for (const reader of lambda.readers) reader.poke();
  });
  const clients = createLocalClients(services, { seam, region: settings.region });
  return { folder, client, settings, kept, clock, lambda, engines, messages, clients };
};

interface RoomOptions {
  db: Database;
  clock: WorldClock;
  client: Client;
  settings: Settings;
  log: Log;
}

/** Functions call services, and services call functions. */
const createEngineRoom = (options: WorldOptions, { log, ...common }: RoomOptions) => {
  const { redeliver = {}, autoDelivery = true, intercept } = options;
  const random = createChance(options.seed);
  const lambda = createLambda({
    db: common.db,
    clock: common.clock,
    manifest: options.manifest ?? allFunctions,
    prefix: namesOf(common.client.name).function(''),
    redeliver: { twice: redeliver.twice === true, ...(redeliver.shuffle ? { shuffle: random } : {}) },
    changes: () => engines.dynamo.writesTo(common.settings.mainTable),
    plans: () => engines.dynamo.writesTo('agenda') + engines.dynamo.writesTo(common.settings.catalogueTable),
    log,
  });
  const engines: Engines = createEngines({
    ...{ ...common, random, autoDelivery, intercept },
    deliveries: lambda.deliveries,
    functions: () => lambda.functions,
    onStatusChange: lambda.onStatusChange,
  });
  return { lambda, engines };
};

const endpointsInEnvironment = () => ({
  ses: process.env.AWS_ENDPOINT_URL_SES,
  sns: process.env.AWS_ENDPOINT_URL_SNS,
});

const readFolder = (client: string | ClientFolder): ClientFolder => {
  if (typeof client !== 'string') return client;
  return client.includes('/')
    ? readClientFolder(basename(resolve(client)), dirname(resolve(client)))
    : readClientFolder(client, clientsFolder);
};

const refuseOtherClient = (kept: Kept, client: Client, data: string | undefined): void => {
  const before = kept.get('client');
  if (before !== undefined && before !== client.name)
    throw new Error(
      `The data in ${data} is that of client "${before}". Choose another folder for "${client.name}".`,
    );
  void kept.set('client', client.name);
};

const levelOf = (level: LogLevel | undefined): LogLevel =>
  level ?? logLevels.find((known) => known === process.env.WAYLEAF_LOG_LEVEL) ?? 'error';

const streamOf = (dynamo: Dynamo, { mainTable }: Settings): StreamSource => {
  const arn = dynamo.tables().find(({ name }) => name === mainTable)?.stream?.arn ?? '';
  return {
    read(after, limit, wanted) {
      const page = dynamo.pageOfStream(mainTable, after, limit, (name, keys) =>
        wanted(name, keys.sk?.S ?? ''),
      );
      return { ...page, records: page.records.map((record) => toLambdaRecord(record, arn) as StreamRecord) };
    },
  };
};
