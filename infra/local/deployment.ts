import { createHash } from 'node:crypto';
import type { Settings } from '#aws/function-context';
import { clickMachine } from '#functions/messages/judge-click/machine';
import { hasErrors } from '#kernel/issue';
import type { Client } from '#model/client';
import { checkDocument } from '#statemachines/checks/check';
import { compile } from '#statemachines/compile/compile';
import type { ClientFolder } from '../client-folder.ts';
import { namesOf } from '../names.ts';
import type { Kept } from './kept.ts';
import { FunctionFailed, type Functions } from './lambda/functions.ts';
import type { Services } from './wire/model.ts';

export interface DeploymentOptions {
  folder: ClientFolder;
  client: Client;
  settings: Settings;
  services: Services;
  functions: Functions;
  kept: Kept;
}

interface Machine {
  stateMachineArn: string;
  versionArn: string;
}

/**
 * What CloudFormation does on AWS: topics, machines with a version each, and the call that enters the folder into the catalogue.
 * @returns whether there was something new to enter
 */
export const deployFolder = async (options: DeploymentOptions): Promise<boolean> => {
  const { folder, client, services, functions, kept } = options;
  const hash = createHash('sha256').update(JSON.stringify(folder)).digest('hex');
  for (const team of Object.keys(client.teams))
    await services.sns('CreateTopic', { Name: namesOf(client.name).team(team) });
  await deployClickMachine(options);
  const [deployment] = functions.triggeredBy('deployment');
  if (!deployment || kept.get('deployed') === hash) return false;
  const machines: Record<string, Machine> = {};
  for (const journey of Object.keys(folder.journeys))
    machines[journey] = await deployMachine(options, journey);
  const RequestType = kept.get('deployed') === undefined ? 'Create' : 'Update';
  try {
    await functions.invoke(deployment.record.name, { RequestType, ResourceProperties: { folder, machines } });
  } catch (error) {
    throw error instanceof FunctionFailed && error.errorType === 'FolderRefused'
      ? new Error(error.errorMessage, { cause: error })
      : error;
  }
  await kept.set('deployed', hash);
  return true;
};

/** Each start: it belongs to the code, not to the folder. */
const deployClickMachine = async ({ client, settings, services: { sfn }, functions }: DeploymentOptions) => {
  const [click] = functions.triggeredBy('click-window');
  if (!click) return;
  const name = namesOf(client.name).function(click.record.name);
  const definition = JSON.stringify(clickMachine(name, click.trigger.seconds));
  const { clickMachineArn: stateMachineArn, machineRoleArn: roleArn } = settings;
  if (await describe(sfn, stateMachineArn)) await sfn('UpdateStateMachine', { stateMachineArn, definition });
  else await sfn('CreateStateMachine', { name: namesOf(client.name).clickMachine, definition, roleArn });
};

const deployMachine = async (
  { folder, client, settings, services: { sfn } }: DeploymentOptions,
  journey: string,
): Promise<Machine> => {
  const names = namesOf(client.name);
  const definition = definitionOf(folder, journey, settings.runStepFunction);
  const stateMachineArn = `arn:aws:states:${settings.region}:${settings.account}:stateMachine:${names.machine(journey)}`;
  const known = await describe(sfn, stateMachineArn);
  if (!known) {
    const made = {
      name: names.machine(journey),
      definition,
      roleArn: settings.machineRoleArn,
      publish: true,
    };
    const { stateMachineVersionArn } = (await sfn('CreateStateMachine', made)) as {
      stateMachineVersionArn: string;
    };
    return { stateMachineArn, versionArn: stateMachineVersionArn };
  }
  // Publishing an unchanged machine again answers the version that is there.
  const changed = { stateMachineArn, definition, publish: true };
  const { stateMachineVersionArn } = (await sfn('UpdateStateMachine', changed)) as {
    stateMachineVersionArn: string;
  };
  return { stateMachineArn, versionArn: stateMachineVersionArn };
};

/** Simulations and tests open many worlds of one folder. */
const compiled = new WeakMap<ClientFolder, Map<string, string>>();

const definitionOf = (folder: ClientFolder, journey: string, runStep: string): string => {
  const ofFolder = compiled.get(folder) ?? new Map<string, string>();
  compiled.set(folder, ofFolder);
  const text = folder.journeys[journey]!;
  const key = `${runStep} ${text}`;
  const definition = ofFolder.get(key) ?? compileText(journey, text, runStep);
  ofFolder.set(key, definition);
  return definition;
};

const compileText = (journey: string, text: string, runStep: string): string => {
  const { document, issues } = checkDocument(text);
  if (document && !hasErrors(issues)) return compile(document, { runStep }).text;
  const lines = issues.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
  throw new Error([`${journey}.journey.json cannot be deployed:`, ...lines].join('\n'));
};

const describe = async (sfn: Services['sfn'], stateMachineArn: string): Promise<unknown> => {
  try {
    return await sfn('DescribeStateMachine', { stateMachineArn });
  } catch (error) {
    if ((error as Error).name === 'StateMachineDoesNotExist') return undefined;
    throw error;
  }
};
