import type {
  DescribeExecutionInput,
  DescribeExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import { largestPayload } from '../interpreter/errors.ts';
import { abortExecution } from '../interpreter/fail.ts';
import { loadRun, recordStart, startPosition } from '../interpreter/run.ts';
import { redriveOf } from '../status-change.ts';
import type { Execution, NewExecution } from '../store/executions.ts';
import type { Route } from '../store/machines.ts';
import {
  checkExecutionArn,
  executionArn,
  missingExecution,
  missingMachine,
  parseMachineArn,
} from './arns.ts';
import { atMost, checkName, required } from './input.ts';
import { activeMachine, retention, type Service } from './service.ts';

const longestExecution = 365 * 86_400_000;

/** What an ARN starts: which definition, and under which version and alias it is listed. */
type Target = Pick<Execution, 'machine' | 'version' | 'alias' | 'role' | 'definition'>;

const targetOf = (service: Service, text: string): Target => {
  const { arn, machine, qualifier, isVersion } = parseMachineArn(text);
  const { role, definition } = activeMachine(service, machine);
  if (qualifier === undefined) return { machine, version: null, alias: null, role, definition };
  return isVersion ? versionTarget(service, arn, null) : aliasTarget(service, arn);
};

const versionTarget = ({ machines }: Service, arn: string, alias: string | null): Target => {
  const version = machines.version(arn);
  if (!version) throw missingMachine(arn);
  const { machine, role, definition } = version;
  return { machine, version: arn, alias, role, definition };
};

const aliasTarget = (service: Service, arn: string): Target => {
  const alias = service.machines.alias(arn);
  if (!alias) throw missingMachine(arn);
  const [first, second] = JSON.parse(alias.routing) as [Route, Route | undefined];
  const chosen = second && service.machinery.random() * 100 >= first.weight ? second : first;
  return versionTarget(service, chosen.stateMachineVersionArn, arn);
};

const checkInput = (input: string): string => {
  const refuse = (why: string) =>
    new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
  if (input === '') throw refuse('Invalid execution input.');
  if (Buffer.byteLength(input) > largestPayload) throw refuse(`Input exceeds ${largestPayload} bytes.`);
  try {
    JSON.parse(input);
  } catch (cause) {
    throw refuse((cause as Error).message);
  }
  return input;
};

/** Whether AWS would have forgotten a closed execution by now. */
export const isForgotten = ({ stopped }: Execution, now: number): boolean =>
  stopped !== null && stopped + retention <= now;

const find = ({ executions, clock }: Service, arn: string): Execution => {
  const execution = executions.byArn(arn);
  if (!execution || isForgotten(execution, clock.now())) throw missingExecution(arn);
  return execution;
};

const answer = (arn: string, started: number): StartExecutionOutput => ({
  executionArn: arn,
  startDate: new Date(started),
});

const start = (service: Service, request: StartExecutionInput): StartExecutionOutput => {
  const { executions, clock } = service;
  const target = targetOf(service, required(request, 'stateMachineArn'));
  const name = request.name === undefined ? service.newUuid() : checkName(required(request, 'name'));
  const input = checkInput(request.input ?? '{}');
  const arn = executionArn(target.machine, name);
  const known = executions.byArn(arn);
  if (known && isForgotten(known, clock.now())) executions.remove(known.id);
  else if (known) return repeated(known, input);
  return begin(service, { ...target, arn, name, input });
};

/** The same name and input while it runs is the same start. */
const repeated = (known: Execution, input: string): StartExecutionOutput => {
  if (known.status === 'RUNNING' && known.input === input) return answer(known.arn, known.started);
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
};

const begin = (service: Service, facts: Omit<NewExecution, 'started' | 'deadline'>): StartExecutionOutput => {
  const { executions, machines, keeper, scheduler, clock, db } = service;
  const { StartAt, TimeoutSeconds } = machines.definitions.load(facts.definition);
  const started = clock.now();
  const deadline = started + Math.min(longestExecution, (TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000);
  const execution: NewExecution = { ...facts, started, deadline };
  const id = executions.insert(execution);
  executions.insertPosition(startPosition(id, StartAt, facts.input, deadline));
  keeper.started(execution);
  db.afterCommit(() => scheduler.wake(id));
  return answer(facts.arn, started);
};

const describe = (service: Service, request: DescribeExecutionInput): DescribeExecutionOutput => {
  const e = find(service, checkExecutionArn(required(request, 'executionArn')));
  const withData = request.includedData !== 'METADATA_ONLY';
  const { redriveStatus, redriveStatusReason } = redriveOf(e.status);
  return {
    executionArn: e.arn,
    stateMachineArn: e.machine,
    name: e.name,
    status: e.status,
    startDate: new Date(e.started),
    ...(e.stopped !== null && { stopDate: new Date(e.stopped) }),
    inputDetails: { included: withData },
    ...(withData && { input: e.input }),
    ...(e.output !== null && { outputDetails: { included: withData } }),
    ...(e.output !== null && withData && { output: e.output }),
    ...(e.error !== null && { error: e.error }),
    ...(e.cause !== null && { cause: e.cause }),
    ...(e.version !== null && { stateMachineVersionArn: e.version }),
    ...(e.alias !== null && { stateMachineAliasArn: e.alias }),
    redriveCount: 0,
    redriveStatus,
    ...(redriveStatusReason !== null && { redriveStatusReason }),
  };
};

/** Ends a running execution; a call in flight is not awaited. A closed one keeps its end. */
const stop = (service: Service, request: StopExecutionInput): StopExecutionOutput => {
  const { executions, machines, machinery, keeper, scheduler, clock, db } = service;
  const execution = find(service, checkExecutionArn(required(request, 'executionArn')));
  atMost(request, 'error', 256);
  atMost(request, 'cause', 32_768);
  const position = executions.position(execution.id);
  if (!position) return { stopDate: new Date(execution.stopped as number) };
  const run = loadRun(execution, machines.definitions.load(execution.definition), position);
  recordStart(run);
  abortExecution(machinery, run, request.error, request.cause);
  keeper.keep(run);
  db.afterCommit(() => scheduler.wake(execution.id));
  return { stopDate: new Date(clock.now()) };
};

/** Executions: started, described, stopped. */
export const executionOperations = (service: Service) => {
  const { db } = service;
  return {
    StartExecution: (input: StartExecutionInput) =>
      db.write(() => start(service, input), { refusesFirst: true }),
    DescribeExecution: (input: DescribeExecutionInput) => db.read(() => describe(service, input)),
    StopExecution: (input: StopExecutionInput) =>
      db.write(() => stop(service, input), { refusesFirst: true }),
  };
};
