import { AwsError } from '../../aws-error.ts';

const invalidArn = (why: string): AwsError => new AwsError('InvalidArn', `Invalid Arn: '${why}'`);

const partsOf = (arn: string, type: 'stateMachine' | 'execution'): string[] => {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts[2] !== 'states') throw invalidArn(`Invalid ARN prefix: ${arn}`);
  if (parts[5] !== type || !parts[6])
    throw invalidArn(`Resource type not valid in this context: ${parts[5] ?? ''}`);
  return parts;
};

/** The ARN of a machine, with the version or alias that may stand behind it. */
export interface MachineArn {
  arn: string;
  machine: string;
  name: string;
  qualifier: string | undefined;
  isVersion: boolean;
}

export const parseMachineArn = (arn: string): MachineArn => {
  const parts = partsOf(arn, 'stateMachine');
  if (parts.length > 8) throw invalidArn(`Invalid ARN: ${arn}`);
  const qualifier = parts[7];
  return {
    arn,
    machine: parts.slice(0, 7).join(':'),
    name: parts[6] as string,
    qualifier,
    isVersion: qualifier !== undefined && /^\d+$/.test(qualifier),
  };
};

export const checkExecutionArn = (arn: string): string => {
  if (partsOf(arn, 'execution').length !== 8) throw invalidArn(`Invalid ARN: ${arn}`);
  return arn;
};

export const executionArn = (machine: string, name: string): string =>
  `${machine.replace(':stateMachine:', ':execution:')}:${name}`;

export const missingMachine = (arn: string): AwsError =>
  new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

export const missingExecution = (arn: string): AwsError =>
  new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);

export const beingDeleted = (arn: string): AwsError =>
  new AwsError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
