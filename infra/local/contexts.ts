import type { Clients } from '#aws/clients';
import { createClients } from '#aws/clients';
import type { Tell } from '#aws/event-bus';
import type { FunctionContext, Log, Settings } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { createLog, type LogLevel } from '#aws/log';
import type { MetricName } from '#aws/metrics';
import type { Prepare } from '#channels/order';
import { type Clock, iso } from '#kernel/clock';
import { auditRetentionSeconds, type Client, retentionSeconds } from '#model/client';
import type { Simulate } from '#model/simulation';
import type { Web } from '#web/web';
import { namesOf } from '../names.ts';
import { createPlayedWeb } from './played-web.ts';
import { createAuthorizer, restrict } from './wire/grants.ts';
import type { Services } from './wire/model.ts';
import { createLocalClients, createLocalStreamReading, guardClient, type SeamOptions } from './wire/seams.ts';

/** Where things are for a client on one machine: the names are those of its stacks. */
export const localSettings = (client: Client, baseUrl: string): Settings => {
  const names = namesOf(client.name);
  const { account, region } = client;
  return {
    client: client.name,
    region,
    account,
    mainTable: names.mainTable,
    catalogueTable: names.catalogueTable,
    auditTable: names.auditTable,
    runStepFunction: names.function('run-step'),
    machinePrefix: names.machinePrefix,
    machineRoleArn: `arn:aws:iam::${account}:role/${names.machineRole}`,
    clickMachineArn: `arn:aws:states:${region}:${account}:stateMachine:${names.clickMachine}`,
    linkKeysSecret: names.linkKeysSecret,
    baseUrl,
    sesConfigurationSet: names.configurationSet,
    teamTopicPrefix: `arn:aws:sns:${region}:${account}:${names.teamPrefix}`,
    retentionSeconds: retentionSeconds(client),
    auditRetentionSeconds: auditRetentionSeconds(client),
  };
};

/** What CloudWatch would have of it. */
export interface Figure {
  at: number;
  by: string;
  name: MetricName;
  value: number;
}

export interface ContextOptions extends Pick<SeamOptions, 'seam'> {
  services: Services;
  settings: Settings;
  clock: Clock;
  logFor: (functionName: string) => Log;
  /** SES or SNS elsewhere: an outbox in a process of its own. */
  endpoints: { ses?: string | undefined; sns?: string | undefined };
  simulate?: Simulate;
  /** Nothing leaves this machine when left out. */
  web?: Web | undefined;
  /** Takes the figures that functions write for the dashboard. */
  measured?: ((figure: Figure) => void) | undefined;
  prepare?: Prepare | undefined;
  tell?: Tell | undefined;
}

/** What a function is handed: clients that do no more than its record grants. */
export const createContexts =
  ({
    measured,
    services,
    settings,
    clock,
    seam,
    logFor,
    endpoints,
    simulate,
    web,
    prepare,
    tell,
  }: ContextOptions) =>
  (record: FunctionRecord): FunctionContext => {
    const restricted = restrict(services, record, settings);
    const local = createLocalClients(restricted, { seam, region: settings.region });
    return {
      record,
      aws: { ...local, ...outside(record, settings, endpoints) },
      web: web ?? createPlayedWeb(),
      clock,
      settings,
      log: logFor(record.name),
      ...(measured && {
        measure: (name: MetricName, value: number) =>
          measured({ at: clock.now(), by: record.name, name, value }),
      }),
      ...(prepare && { prepare }),
      ...(tell && { tell }),
      ...(readsStream(record) && { readStream: createLocalStreamReading(restricted, settings.region) }),
      ...(record.holds === 'simulator' && simulate && { simulate }),
    };
  };

const readsStream = ({ grants }: FunctionRecord): boolean => grants.some(({ on }) => on === 'main-stream');

/** Lines on standard error, stamped with the world's time. */
export const createLogs =
  (level: LogLevel, clock: Clock) =>
  (functionName: string): Log =>
    createLog({
      level,
      fields: { function: functionName },
      write: (line) => process.stderr.write(`${line}\n`),
      time: () => iso(clock.now()),
    });

const outside = (
  record: FunctionRecord,
  settings: Settings,
  endpoints: ContextOptions['endpoints'],
): Partial<Clients> => {
  const authorize = createAuthorizer(record, settings);
  const clients: Partial<Clients> = {};
  for (const name of ['ses', 'sns'] as const) {
    const endpoint = endpoints[name];
    if (endpoint === undefined) continue;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const made = createClients({ region: settings.region, endpoint, credentials });
    Object.assign(clients, { [name]: guardClient(made[name], name, authorize) });
  }
  return clients;
};
