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
import { createSecondThread, type SecondThread } from './beside/thread.ts';
import { createContexts, createLogs, localSettings } from './contexts.ts';
import { createHappeningFiles } from './happenings.ts';
import { createKept, type Kept } from './kept.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { streamOf } from './lambda/stream-source.ts';
import { createSecrets } from './secretsmanager/secrets.ts';
import { createEngines, type Engines } from './services.ts';
import type { Database } from './sqlite/database.ts';
import { createTables } from './tables.ts';
import { createChance } from './time/chance.ts';
import type { WorldClock } from './time/clock.ts';
import { openClock } from './time/world-clock.ts';
import { createLocalClients } from './wire/seams.ts';
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
  beside: SecondThread | undefined;
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
  const table = dynamo.tables().find(({ name }) => name === settings.mainTable)!;
  const { measured, manifest } = options;
  const tell = options.tell ?? (data === undefined ? undefined : createHappeningFiles(data));
  const setting = { settings, seam, logLevel, table };
  const beside =
    data === undefined
      ? undefined
      : createSecondThread({
          here: options.messagesInFirstThread,
          surroundings: { setting, services, now: () => clock.now(), tell, measured },
        });
  const contexts = createContexts({
    ...{ services, settings, clock, seam, logFor, endpoints, simulate },
    ...{ web: options.web, prepare: beside?.prepare, measured, tell },
  });
  // The other thread knows the functions of the product only.
  lambda.connect(contexts, streamOf(dynamo, table), manifest ? undefined : beside?.handlerOf);
  dynamo.onStream((table) => {
    if (table === settings.mainTable) for (const reader of lambda.readers) reader.poke();
  });
  const clients = createLocalClients(services, { seam, region: settings.region });
  return { folder, client, settings, kept, clock, lambda, engines, beside, clients };
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
