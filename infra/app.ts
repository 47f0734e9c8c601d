import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environmentOf } from '#aws/context';
import type { FunctionRecord } from '#aws/function-record';
import type { Client } from '#model/client';
import { AppStack } from './aws/app-stack.ts';
import { DataStack } from './aws/data-stack.ts';
import { EdgeStack } from './aws/edge-stack.ts';
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
import { manifest } from './manifest.ts';

const records = manifest.map((entry) => entry.record);
const isDeployment = (record: (typeof records)[number]): boolean =>
  record.triggers.some((t) => t.kind === 'deployment');

interface ToDeploy {
  folder: ClientFolder;
  folderPath: string;
  client: Client;
}

/** One client: what is kept, what others hold on to, what runs, what it answers, who watches, its journeys. */
const addClient = (app: App, { folder, folderPath, client }: ToDeploy): void => {
  const props = {
    client,
    env: { account: client.account, region: client.region },
    terminationProtection: true,
  };
  const id = `wayleaf-${client.name}`;
  const running = records.filter((record) => !isDeployment(record));
  const data = new DataStack(app, `${id}-data`, { ...props, client: client.name });
  const edge = new EdgeStack(app, `${id}-edge`, props);
  const run = new AppStack(app, `${id}-app`, { ...props, data, edge, records: running });
  const answers = { ...props, records: running, apiId: edge.api.apiId };
  const routes = new RoutesStack(app, `${id}-routes`, answers);
  const watch = new WatchStack(app, `${id}-watch`, { ...props, records: running });
  const journeys = new JourneysStack(app, `${id}-journeys`, {
    ...{ ...props, folder, folderPath, deployFolder: deployFolder() },
    environment: (stack) => environmentOf(settingsOf(stack, client, edge.url)),
  });
  run.addStackDependency(data);
  for (const later of [routes, watch, journeys]) later.addStackDependency(run);
  for (const stack of [data, edge, run, routes, watch, journeys])
    Tags.of(stack).add('wayleaf:client', client.name);
};

const deployFolder = (): FunctionRecord => {
  const found = records.find(isDeployment);
  if (!found) throw new Error('No function in infra/manifest.ts has a deployment trigger.');
  return found;
};

export const createApp = (root = clientsFolder): App => {
  const app = new App({ context: featureFlags() });
  const all = listClients(root).map((name) => toDeploy(name, root));
  for (const one of all) addClient(app, one);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
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
