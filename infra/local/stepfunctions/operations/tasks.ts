import type { SendTaskFailureInput, SendTaskHeartbeatInput, SendTaskSuccessInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../aws-error.ts';
import type { Outcome } from '../driver.ts';
import { isTooLarge } from '../interpreter/errors.ts';
import { dueAfterBeat } from '../interpreter/task.ts';
import { readToken } from '../interpreter/token.ts';
import type { Position } from '../store/executions.ts';
import { atMost, required } from './input.ts';
import type { Service } from './service.ts';

const timedOut = (): AwsError =>
  new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");

const isOpen = ({ phase, timeout, beat }: Position, now: number): boolean =>
  (phase === 'call' || phase === 'callback') &&
  (timeout === null || timeout > now) &&
  (beat === null || beat > now);

/** The task a token stands for, if it still waits: a token is good for one answer, and only in time. */
const openTask = ({ executions, secret, clock }: Service, token: string): Position => {
  const target = readToken(secret, token);
  if (!target) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  const position = executions.position(target.execution);
  if (!position && !executions.byId(target.execution))
    throw new AwsError(
      'TaskDoesNotExist',
      "Task does not exist: 'The execution of this task does not exist'",
    );
  if (position?.task !== target.task || !isOpen(position, clock.now())) throw timedOut();
  return position;
};

/** Stores how the task ended; the execution goes on after the commit. */
const settle = (service: Service, position: Position, outcome: Outcome): object => {
  const { executions, scheduler, db, clock } = service;
  const deadline = executions.byId(position.execution)?.deadline ?? 0;
  if (deadline <= clock.now()) throw timedOut();
  const settled = { phase: 'settled', outcome: JSON.stringify(outcome), due: deadline } as const;
  executions.movePosition({ ...position, ...settled });
  db.afterCommit(() => scheduler.wake(position.execution));
  return {};
};

const checkOutput = (output: string): string => {
  const refuse = (why: string) => new AwsError('InvalidOutput', `Invalid Output: '${why}'`);
  if (isTooLarge(output)) throw refuse('The output is larger than 262144 bytes.');
  try {
    // Stored as one line, as if the task had answered it.
    return JSON.stringify(JSON.parse(output));
  } catch (cause) {
    throw refuse((cause as Error).message);
  }
};

const success = (service: Service, input: SendTaskSuccessInput): object => {
  const token = required(input, 'taskToken');
  const output = checkOutput(required(input, 'output'));
  return settle(service, openTask(service, token), { output });
};

const failure = (service: Service, input: SendTaskFailureInput): object => {
  const token = required(input, 'taskToken');
  atMost(input, 'error', 256);
  atMost(input, 'cause', 32_768);
  const { error, cause } = input;
  return settle(service, openTask(service, token), { error, cause });
};

/** Does not start a new epoch: the call of the task may still be under way. */
const heartbeat = (service: Service, input: SendTaskHeartbeatInput): object => {
  const { executions, clock, db } = service;
  const position = openTask(service, required(input, 'taskToken'));
  if (position.heartbeat === null) return {};
  const beat = clock.now() + position.heartbeat;
  const deadline = executions.byId(position.execution)?.deadline ?? beat;
  const due = dueAfterBeat(position.timeout, beat, deadline);
  db.prepare('UPDATE sfn_positions SET beat = ?, due = ? WHERE execution = ?').run(
    beat,
    due,
    position.execution,
  );
  db.afterCommit(() => service.scheduler.wakeAt(due));
  return {};
};

/** Answers to tasks that wait for their token. */
export const taskOperations = (service: Service) => {
  const once = { refusesFirst: true };
  const { db } = service;
  return {
    SendTaskSuccess: (input: SendTaskSuccessInput) => db.write(() => success(service, input), once),
    SendTaskFailure: (input: SendTaskFailureInput) => db.write(() => failure(service, input), once),
    SendTaskHeartbeat: (input: SendTaskHeartbeatInput) => db.write(() => heartbeat(service, input), once),
  };
};
