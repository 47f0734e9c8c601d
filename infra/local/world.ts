import { join } from 'node:path';
import type { Clients } from '#aws/clients';
import type { Settings } from '#aws/function-context';
import type { Client } from '#model/client';
import { saveToken } from '#store/catalogue/tokens';
import { main } from '#store/keys';
import { openStore, type Store } from '#store/store';
import { namesOf } from '../names.ts';
import { createSimulator } from '../simulation/simulator.ts';
import { adminToken, keepRotated, ownToken } from './admin-token.ts';
import { browse, type HttpReply, type HttpRequest } from './browse.ts';
import { deployFolder } from './deployment.ts';
import type { Dynamo } from './dynamodb/engine.ts';
import { type ExecutionView, listExecutions } from './executions.ts';
import { createForgetting } from './forgetting.ts';
import { serveConsole } from './http/console.ts';
import { createLocalRoutes } from './http/local-routes.ts';
import { createRoutes } from './http/routes.ts';
import { type Listening, type ListenOptions, listen, type ServerOptions } from './http/server.ts';
import type { Quarantined } from './lambda/quarantine.ts';
import type { Feedback } from './mail/feedback.ts';
import { createSesV2 } from './mail/ses-v2.ts';
import { type OutboxMessage, viewMessage } from './mail/view.ts';
import { makeFolder } from './make-folder.ts';
import { createParts, type Parts } from './parts.ts';
import { createPlayer } from './player.ts';
import { hasSmallHeap } from './small-heap.ts';
import { type Database, openDatabase } from './sqlite/database.ts';
import type { StepFunctions } from './stepfunctions/engine.ts';
import type { WorldClock } from './time/clock.ts';
import { createTime } from './time/time.ts';
import type { Services } from './wire/model.ts';
import type { WorldOptions } from './world-options.ts';

export type { WorldOptions } from './world-options.ts';

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
  /** The client's folder was new or changed, and the compilers were loaded to enter it. */
  readonly deployed: boolean;
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
  if (data !== undefined) makeFolder(data);
  const file = data === undefined ? ':memory:' : join(data, 'world.sqlite');
  const db = openDatabase(file, { sync: options.sync ?? 'full', small: hasSmallHeap() });
  try {
    const parts = await createParts(options, db, createSimulator(createWorld));
    const store = openStore({ ...parts, aws: parts.clients });
    const given = options.adminToken ?? process.env.WAYLEAF_ADMIN_TOKEN;
    const token = await adminToken(store, data, given);
    const ownFolder = given ? undefined : data;
    await saveToken(store, token, ownToken);
    const { engines, lambda } = parts;
    const deployed = await deployFolder({
      ...parts,
      services: engines.services,
      functions: lambda.functions,
    });
    const world = present(parts, { db, store, token, deployed, data: ownFolder, pages: options.console });
    engines.stepFunctions.resume();
    lambda.start();
    return world;
  } catch (error) {
    await db.close();
    throw error;
  }
};

interface Opened {
  db: Database;
  store: Store;
  token: string;
  deployed: boolean;
  /** Where its own token is kept; nowhere when it was given. */
  data: string | undefined;
  pages: string | undefined;
}

const present = (parts: Parts, { db, store, token, deployed, data, pages }: Opened): World => {
  const { client, settings, clock, lambda, engines, clients, kept } = parts;
  const { services, stepFunctions, dynamo, mail, publish } = engines;
  const { region, account } = settings;
  const fallback = pages === undefined ? undefined : serveConsole(pages);
  const dispatch = createRoutes({ functions: lambda.functions, clock, account, fallback });
  const forgetting = createForgetting({
    ...{ db, dynamo, table: settings.mainTable, readers: lambda.readers },
    isErased: async (contact) => (await store.main.get(main.erasure(contact))) !== undefined,
  });
  lambda.onCalled((name, answer) => {
    if (name === 'manage-tokens' && data !== undefined) keepRotated(data, answer);
    if (name === 'erase-contact' || (name === 'sweep' && hasErased(answer))) forgetting.soon();
  });
  const time = createTime({ clock, kept, lambda, stepFunctions, db, forgetting });
  const disable = async (EndpointArn: string): Promise<void> => {
    await mail.sns('SetEndpointAttributes', { EndpointArn, Attributes: { Enabled: 'false' } });
  };
  const common = { outbox: mail.outbox, clock, region, account, publish, disable };
  const player = createPlayer({ dispatch, store, ...common });
  const feedback = async (given: Feedback): Promise<void> => {
    await player(given);
    if (clock.mode === 'virtual') await time.drain();
  };
  const shown = {
    outbox: (): Promise<OutboxMessage[]> => Promise.all(mail.outbox.list().map(viewMessage)),
    executions: (): ExecutionView[] => listExecutions(db, namesOf(client.name)),
    quarantine: lambda.quarantine.list,
    feedback,
  };
  const moved = { now: clock.now, clockMode: clock.mode, advanceTo: time.advanceTo };
  const local = createLocalRoutes({ ...shown, ...moved });
  const sesV2 = createSesV2({
    ...{ ses: services.ses, domain: client.sender.domain, configurationSet: settings.sesConfigurationSet },
    topicArn: `arn:aws:sns:${region}:${account}:${namesOf(client.name).sesEvents}`,
  });
  const servers = createServers({ dispatch, local, services, sesV2, priority: lambda.background });
  return {
    ...{ client, settings, clients, services, store, clock, adminToken: token, deployed, ...shown, ...time },
    http: (request) => browse(dispatch, request),
    local: (request) => browse(local, request),
    invoke: (functionName, event) => lambda.functions.invoke(functionName, event),
    usage: () => ({
      machines: stepFunctions.usage(),
      tables: dynamo.usage(),
      functions: lambda.functions.calls(),
    }),
    async listen(where) {
      await lambda.functions.warm();
      const server = await servers.listen(where);
      settings.baseUrl = server.url;
      return server;
    },
    async close() {
      await servers.close();
      forgetting.stop();
      await stop(parts);
      await forgetting.idle();
      await db.close();
    },
  };
};

/** What the sweep answers. */
const hasErased = (answer: unknown): boolean =>
  ((answer as { erasures?: number } | undefined)?.erasures ?? 0) > 0;

const createServers = (options: ServerOptions) => {
  const servers: Listening[] = [];
  return {
    async listen(where: ListenOptions): Promise<Listening> {
      const server = await listen(options, where);
      servers.push(server);
      return server;
    },
    async close(): Promise<void> {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
};

const stop = async ({ lambda, engines, beside, clock }: Parts): Promise<void> => {
  lambda.stop();
  engines.stepFunctions.close();
  engines.dynamo.stop();
  clock.stop();
  await lambda.functions.close();
  await beside?.close();
};
