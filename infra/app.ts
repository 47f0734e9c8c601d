import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, CfnOutput, type Stack, Tags, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { environmentOf } from '#aws/context';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { ownAddress } from '#model/deployment';
import { AppStack } from './aws/app-stack.ts';
import { bundleFunctions, chainOf } from './aws/bundle.ts';
import { ConsoleStack } from './aws/console.ts';
import { DataStack } from './aws/data-stack.ts';
import { EdgeStack } from './aws/edge-stack.ts';
import { EventsStack } from './aws/events-stack.ts';
import { FrontStack } from './aws/front-stack.ts';
import { JourneysStack } from './aws/journeys-stack.ts';
import { RoutesStack } from './aws/routes-stack.ts';
import { settingsOf } from './aws/settings.ts';
import { WatchStack } from './aws/watch-stack.ts';
import {
  type ClientFolder,
  clientsFolder,
  listClients,
  readClientFolder,
  WrongClient,
} from './client-folder.ts';
import { readClientSettings } from './client-settings.ts';
import { builtConsole } from './console/built.ts';
import { manifest } from './manifest.ts';
import { lookAtNeighbours } from './neighbours.ts';

const records = manifest.map((entry) => entry.record);
const isDeployment = (record: (typeof records)[number]): boolean =>
  record.triggers.some((t) => t.kind === 'deployment');

interface ToDeploy {
  folder: ClientFolder;
  folderPath: string;
  client: Client;
}

/** One client: what is kept, what others hold on to, what runs, what it answers, who watches, its journeys. */
const addClient = (app: App, { folder, folderPath, client }: ToDeploy, shares: string | undefined): void => {
  const { account, region, deployment } = client;
  const props = { client, env: { account, region }, terminationProtection: true };
  const id = `wayleaf-${client.name}`;
  const running = records.filter((record) => !isDeployment(record));
  const data = new DataStack(app, `${id}-data`, props);
  const edge = new EdgeStack(app, `${id}-edge`, props);
  const { apiId, apiEndpoint } = edge.api;
  const front = deployment.cloudFront && new FrontStack(app, `${id}-front`, frontProps(props, apiId));
  const url = front?.url ?? ownAddress(client) ?? apiEndpoint;
  new CfnOutput(front ?? edge, 'Url', { value: url });
  const run = new AppStack(app, `${id}-app`, {
    ...props,
    data,
    topics: edge.mail.topics,
    url,
    records: running,
  });
  const routes = new RoutesStack(app, `${id}-routes`, { ...props, apiId, records: running });
  const watch = new WatchStack(app, `${id}-watch`, { ...props, records: running });
  const journeys = new JourneysStack(app, `${id}-journeys`, {
    ...{ ...props, folder, folderPath, deployFolder: deployFolder() },
    environment: (stack) => environmentOf(settingsOf(stack, client, url)),
  });
  const pages = new ConsoleStack(app, `${id}-console`, { ...props, apiId, folder: builtConsole() });
  run.addStackDependency(data);
  for (const later of [routes, watch, journeys]) later.addStackDependency(run);
  const files = client.eventsOut.s3 && new EventsStack(app, `${id}-events`, props);
  const stacks = [
    ...[data, edge, run, routes, watch, journeys, pages],
    ...[front, files].filter((stack) => stack !== undefined),
  ];
  for (const stack of stacks) settle(stack, client);
  if (shares) Annotations.of(edge).addWarningV2('wayleaf:shared-account', `${client.name} ${shares}`);
};

/** CloudFront's certificates and firewalls are in one Region for all. */
const frontProps = <P extends { client: Client }>(props: P, apiId: string) => ({
  ...{ ...props, apiId },
  env: { account: props.client.account, region: 'us-east-1' },
});

/** What holds for whatever is made. */
const settle = (
  stack: Stack,
  { name, deployment: { tags, permissionsBoundary: boundary } }: Client,
): void => {
  for (const [key, value] of Object.entries({ ...tags, 'wayleaf:client': name }))
    Tags.of(stack).add(key, value);
  if (boundary)
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', boundary));
};

const deployFolder = (): FunctionRecord => {
  const found = records.find(isDeployment);
  if (!found) throw new Error('No function in infra/manifest.ts has a deployment trigger.');
  return found;
};

/** @param checks `false` where only what comes out is asked for: rules, AWS's own among them, take most of the time */
export const createApp = (root = clientsFolder, { checks = true } = {}): App => {
  const app = new App({ context: featureFlags(), builtinCloudFormationValidation: checks });
  const all = listClients(root).map((name) => toDeploy(name, root));
  const { refused, shared } = lookAtNeighbours(all.map(({ client }) => client));
  if (refused.length > 0) throw new WrongClient(refused.join('\n'));
  // Once for all of them, as they share their code.
  for (const tracing of new Set(all.map(({ client }) => client.deployment.tracing)))
    bundleFunctions(records, chainOf(tracing));
  for (const one of all) addClient(app, one, shared.get(one.client.name));
  if (!checks) return app;
  const packs = [
    new AwsSolutionsChecks(app, { verbose: true }),
    new ServerlessChecks(app, { verbose: true }),
  ];
  Validations.of(app).addPlugins(...packs);
  return app;
};

const toDeploy = (name: string, root: string): ToDeploy => {
  const [folder, folderPath] = [readClientFolder(name, root), join(root, name)];
  const file = join(folderPath, 'client.json');
  const client = readClientSettings(folder.client, file);
  // Stacks, tables and functions are called by it: two folders of one name would be one client.
  if (client.name !== name)
    throw new WrongClient(
      `${file} name: it is "${client.name}", and the folder is "${name}"; write the same.`,
    );
  return { folder, folderPath, client };
};

/** Those of cdk.json, also when the app is made by a test and not by the CDK's command line. */
const featureFlags = (): Record<string, unknown> =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8')) as {
      context: Record<string, unknown>;
    }
  ).context;

const synth = (): void => {
  try {
    createApp().synth();
  } catch (error) {
    if (!(error instanceof WrongClient)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};

if (import.meta.main) synth();
