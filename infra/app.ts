import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environmentOf } from '#aws/context';
import type { Client } from '#model/client';
import { AppStack, settingsOf } from './aws/app-stack.ts';
import { DataStack } from './aws/data-stack.ts';
import { JourneysStack } from './aws/journeys-stack.ts';
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

/** Three stacks for one client: what is kept, what runs, and the journeys of its folder. */
const addClient = (app: App, { folder, folderPath, client }: ToDeploy): void => {
  const props = {
    client,
    env: { account: client.account, region: client.region },
    terminationProtection: true,
  };
  const id = `wayleaf-${client.name}`;
  const data = new DataStack(app, `${id}-data`, { ...props, client: client.name });
  const run = new AppStack(app, `${id}-app`, {
    ...props,
    data,
    records: records.filter((r) => !isDeployment(r)),
  });
  const deployFolder = records.find(isDeployment);
  if (!deployFolder) throw new Error('No function in infra/manifest.ts has a deployment trigger.');
  const journeys = new JourneysStack(app, `${id}-journeys`, {
    ...props,
    folder,
    folderPath,
    deployFolder,
    environment: (stack) =>
      environmentOf(
        settingsOf(stack, client, client.publicUrl ?? 'https://deployments-send-nothing.invalid'),
      ),
  });
  journeys.addStackDependency(run);
  for (const stack of [data, run, journeys]) Tags.of(stack).add('wayleaf:client', client.name);
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
