import { mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Clients } from '#aws/clients';
import type { Log, Settings } from '#aws/function-context';
import { createLog, type LogLevel, logLevels } from '#aws/log';
import { verifyLink } from '#channels/links';
import { hearMessage } from '#functions/feedback/hear-message';
import { iso } from '#kernel/clock';
import { type Client, clientSchema } from '#model/client';
import { openStore, type Store } from '#store/store';
import { saveToken } from '#store/tokens';
import { type ClientFolder, clientsFolder, readClientFolder } from '../client-folder.ts';
import { manifest as allFunctions, type FunctionEntry } from '../manifest.ts';
import { namesOf } from '../names.ts';
import { adminToken } from './admin-token.ts';
import { browse, type HttpReply, type HttpRequest } from './browse.ts';
import { createChance } from './chance.ts';
import type { WorldClock } from './clock.ts';
import { createContexts, localSettings } from './contexts.ts';
import { deployFolder } from './deployment.ts';
import type { Dynamo } from './dynamodb/engine.ts';
import { toLambdaRecord } from './dynamodb/streams/lambda-record.ts';
import { type ExecutionView, listExecutions } from './executions.ts';
import { createLocalRoutes, lengthOf } from './http/local-routes.ts';
import { createRoutes, type Dispatch } from './http/routes.ts';
import { type Listening, type ListenOptions, listen } from './http/server.ts';
import { createKept, type Kept } from './kept.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import type { Quarantined } from './lambda/quarantine.ts';
import type { StreamRecord } from './lambda/stream-batch.ts';
import type { StreamSource } from './lambda/stream-reader.ts';
import { createFeedback, type Feedback } from './mail/feedback.ts';
import { type OutboxMessage, viewMessage } from './mail/view.ts';
import { createDrain } from './quiet.ts';
import { createEngines, type Intercept } from './services.ts';
import { type Database, openDatabase } from './sqlite/database.ts';
import type { StepFunctions } from './stepfunctions/engine.ts';
import { createTables } from './tables.ts';
import type { Services } from './wire/model.ts';
import { createLocalClients, type Seam } from './wire/seams.ts';
import { keepTime, openClock } from './world-clock.ts';

export interface WorldOptions {
  /** Data folder; in memory when left out. */
  data?: string | undefined;
  /** A name in `infra/clients`, the path of a client's folder, or what such a folder holds. */
  client?: string | ClientFolder | undefined;
  /** Virtual unless data is kept. */
  clock?: 'real' | 'virtual' | undefined;
  /** Where a new virtual clock starts (milliseconds). */
  start?: number | undefined;
  /** For what is left to chance: jitter, order of redelivery. */
  seed?: number | undefined;
  seam?: Seam | undefined;
  manifest?: readonly FunctionEntry[] | undefined;
  /** What "at least once" allows and seldom happens: everything twice, contacts overtaking each other. */
  redeliver?: { twice?: boolean; shuffle?: boolean } | undefined;
  /** SES tells of each mail that it was sent and delivered (default true). */
  autoDelivery?: boolean | undefined;
  intercept?: Intercept | undefined;
  adminToken?: string | undefined;
  logLevel?: LogLevel | undefined;
  /** `full` survives a power cut, `normal` only a kill. */
  sync?: 'full' | 'normal' | 'off' | undefined;
  /** SES and SNS in another process; `AWS_ENDPOINT_URL_SES` and `AWS_ENDPOINT_URL_SNS` when left out. */
  endpoints?: { ses?: string | undefined; sns?: string | undefined } | undefined;
}

/** A small AWS with everything of one client deployed to it. */
export interface World {
  readonly client: Client;
  readonly settings: Settings;
  /** Clients that may do everything. */
  readonly clients: Clients;
  /** The engines behind them. */
  readonly services: Services;
  readonly store: Store;
  readonly clock: WorldClock;
  readonly adminToken: string;
  /** One request to the functions' routes, without a socket. */
  http(request: HttpRequest): Promise<HttpReply>;
  /** One request to `/local/…`, without a socket. */
  local(request: HttpRequest): Promise<HttpReply>;
  listen(options: ListenOptions): Promise<Listening>;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Resolves when nothing can happen before time moves or somebody calls. */
  drain(): Promise<void>;
  /** Virtual clocks: `"3 days"` or milliseconds; resolves when all that fell due has run. */
  advance(by: string | number): Promise<void>;
  advanceTo(ms: number): Promise<void>;
  outbox(): Promise<OutboxMessage[]>;
  feedback(feedback: Feedback): Promise<void>;
  executions(): ExecutionView[];
  quarantine(): Quarantined[];
  /** Billed transitions of the machines, units of the tables, calls of the functions. */
  usage(): {
    machines: ReturnType<StepFunctions['usage']>;
    tables: ReturnType<Dynamo['usage']>;
    functions: Record<string, number>;
  };
  close(): Promise<void>;
}

/** Opens the data and everything on it, deploys the client's folder, and goes on where an earlier process stopped. */
export const createWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { data } = options;
  if (data !== undefined) mkdirSync(data, { recursive: true });
  const db = openDatabase(data === undefined ? ':memory:' : join(data, 'world.sqlite'), {
    sync: options.sync ?? 'full',
  });
  try {
    return await assemble(options, db);
  } catch (error) {
    await db.close();
    throw error;
  }
};

const assemble = async (options: WorldOptions, db: Database): Promise<World> => {
  const { data, seam = 'direct', redeliver = {}, autoDelivery = true, intercept } = options;
  const folder = readFolder(options.client ?? 'acme');
  const client = clientSchema.parse(folder.client);
  const names = namesOf(client.name);
  const settings = localSettings(client, 'http://127.0.0.1:4747');
  const kept = createKept(db);
  refuseOtherClient(kept, client, data);
  const clock = openClock(kept, {
    mode: options.clock ?? (data === undefined ? 'virtual' : 'real'),
    start: options.start,
  });
  const random = createChance(options.seed);
  const logFor = createLogs(options.logLevel, clock);

  const lambda = createLambda({
    db,
    clock,
    manifest: options.manifest ?? allFunctions,
    prefix: names.function(''),
    redeliver: { twice: redeliver.twice === true, ...(redeliver.shuffle ? { shuffle: random } : {}) },
    log: logFor('world'),
  });
  const engines = createEngines({
    ...{ db, clock, client, settings, random, autoDelivery, intercept },
    deliveries: lambda.deliveries,
    functions: () => lambda.functions,
    onStatusChange: lambda.onStatusChange,
  });
  const { services, dynamo, stepFunctions, mail } = engines;
  await createTables(services.dynamodb, settings);
  const endpoints = {
    ses: process.env.AWS_ENDPOINT_URL_SES,
    sns: process.env.AWS_ENDPOINT_URL_SNS,
    ...options.endpoints,
  };
  lambda.connect(
    createContexts({ services, settings, clock, seam, logFor, endpoints }),
    streamOf(dynamo, settings),
  );
  dynamo.onStream((table) => {
    if (table === settings.mainTable) for (const reader of lambda.readers) reader.poke();
  });

  const clients = createLocalClients(services, { seam, region: settings.region });
  const store = openStore({ aws: clients, settings, clock });
  const token = adminToken(data, options.adminToken ?? process.env.WAYLEAF_ADMIN_TOKEN);
  await saveToken(store, token, 'local');
  await deployFolder({ folder, client, settings, services, functions: lambda.functions, kept });

  const dispatch = createRoutes({ functions: lambda.functions, clock, account: settings.account });
  const time = createTime({ clock, kept, lambda, stepFunctions, db });
  const feedback = createFeedback({
    ...{
      outbox: mail.outbox,
      clock,
      region: settings.region,
      account: settings.account,
      publish: engines.publish,
    },
    visit: visitorOf(dispatch),
    destinationOf: destinationOf(store),
    answerMail: async (sendId) => {
      await hearMessage(store, { sendId, was: 'replied', happenedAt: iso(clock.now()) });
    },
  });
  const play = async (given: Feedback): Promise<void> => {
    await feedback(given);
    if (clock.mode === 'virtual') await time.drain();
  };
  const outbox = (): Promise<OutboxMessage[]> => Promise.all(mail.outbox.list().map(viewMessage));
  const executions = (): ExecutionView[] => listExecutions(db, names.machinePrefix);
  const local = createLocalRoutes({
    ...{ outbox, executions, feedback: play, quarantine: lambda.quarantine.list },
    ...{ now: clock.now, clockMode: clock.mode, advanceTo: time.advanceTo },
  });
  stepFunctions.resume();
  lambda.start();

  const servers: Listening[] = [];
  return {
    ...{ client, settings, clients, services, store, clock, adminToken: token, outbox, executions, ...time },
    http: (request) => browse(dispatch, request),
    local: (request) => browse(local, request),
    invoke: (functionName, event) => lambda.functions.invoke(functionName, event),
    feedback: play,
    quarantine: lambda.quarantine.list,
    usage: () => ({
      machines: stepFunctions.usage(),
      tables: dynamo.usage(),
      functions: lambda.functions.calls(),
    }),
    async listen(where) {
      await lambda.functions.warm();
      const server = await listen({ dispatch, local, services, priority: lambda.background }, where);
      servers.push(server);
      settings.baseUrl = server.url;
      return server;
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
      lambda.stop();
      stepFunctions.close();
      dynamo.stop();
      clock.stop();
      await lambda.functions.close();
      await db.close();
    },
  };
};

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

const createLogs = (level: LogLevel | undefined, clock: WorldClock) => {
  const named = logLevels.find((known) => known === process.env.WAYLEAF_LOG_LEVEL);
  return (functionName: string): Log =>
    createLog({
      level: level ?? named ?? 'error',
      fields: { function: functionName },
      write: (line) => process.stderr.write(`${line}\n`),
      time: () => iso(clock.now()),
    });
};

const streamOf = (dynamo: Dynamo, { mainTable, region, account }: Settings): StreamSource => {
  const arn = `arn:aws:dynamodb:${region}:${account}:table/${mainTable}/stream/local`;
  return {
    read(after, limit, wanted) {
      const page = dynamo.pageOfStream(mainTable, after, limit, (name, keys) =>
        wanted(name, keys.sk?.S ?? ''),
      );
      return { ...page, records: page.records.map((record) => toLambdaRecord(record, arn) as StreamRecord) };
    },
  };
};

interface TimeParts {
  clock: WorldClock;
  kept: Kept;
  lambda: Lambda;
  stepFunctions: StepFunctions;
  db: Database;
}

const createTime = ({ clock, kept, lambda, stepFunctions, db }: TimeParts) => {
  let commits = 0;
  db.onCommit(() => commits++);
  const { readers, deliveries, functions } = lambda;
  const drain = createDrain({ readers, deliveries, functions, stepFunctions, activity: () => commits });
  const settle = (): Promise<void> => {
    keepTime(kept, clock);
    return drain();
  };
  // One after the other: time cannot be advanced twice at once.
  let before: Promise<void> = Promise.resolve();
  const advanceTo = (ms: number): Promise<void> => {
    const mine = before.then(() => clock.advanceTo(ms, settle)).then(settle);
    before = mine.catch(() => {});
    return mine;
  };
  const advance = (by: string | number): Promise<void> =>
    advanceTo(clock.now() + (typeof by === 'number' ? by : lengthOf(by)));
  return { drain, advance, advanceTo };
};

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const visitorOf =
  (dispatch: Dispatch) =>
  async (url: string): Promise<number> => {
    const { pathname, search } = new URL(url);
    return (await browse(dispatch, { path: pathname + search, headers: { 'user-agent': browser } })).status;
  };

const destinationOf =
  (store: Store) =>
  async (url: string): Promise<string | undefined> => {
    const token = new URL(url).pathname.replace(/^\/c\//, '');
    const verified = verifyLink((await store.keys()).links, 'click', token);
    return 'facts' in verified ? verified.facts.url : undefined;
  };
