import {
  CreateStateMachineCommand,
  PublishStateMachineVersionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import type { FunctionContext } from '#aws/function-context';
import { machineName } from '#model/machine-name';

export interface Machine {
  stateMachineArn: string;
  versionArn: string;
}

/**
 * Makes or changes the journey's machine and publishes a version of it. Doing it again with the same
 * definition gives the same version: both calls know what is already so.
 */
export const freezeMachine = async (
  context: FunctionContext,
  journey: string,
  definition: string,
): Promise<Machine> => {
  const { aws, settings } = context;
  const name = machineName(`${settings.machinePrefix}${journey}`);
  const made = await createMachine(context, name, definition);
  const machine = made ?? (await updateMachine(context, name, definition));
  const { stateMachineVersionArn } = await aws.sfn.send(new PublishStateMachineVersionCommand(machine));
  return { stateMachineArn: machine.stateMachineArn, versionArn: stateMachineVersionArn ?? '' };
};

/** Undefined where there is a machine of that name with another definition. */
const createMachine = async ({ aws, settings }: FunctionContext, name: string, definition: string) => {
  try {
    const made = await aws.sfn.send(
      new CreateStateMachineCommand({ name, definition, roleArn: settings.machineRoleArn, type: 'STANDARD' }),
    );
    return { stateMachineArn: made.stateMachineArn ?? '' };
  } catch (error) {
    if ((error as Error).name === 'StateMachineAlreadyExists') return undefined;
    throw error;
  }
};

/** The revision ties the version to this definition, should somebody else publish at the same time. */
const updateMachine = async ({ aws, settings }: FunctionContext, name: string, definition: string) => {
  const { region, account } = settings;
  const partition = settings.machineRoleArn.split(':')[1] ?? 'aws';
  const stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
  const { revisionId } = await aws.sfn.send(
    new UpdateStateMachineCommand({ stateMachineArn, definition, roleArn: settings.machineRoleArn }),
  );
  return { stateMachineArn, ...(revisionId && { revisionId }) };
};
