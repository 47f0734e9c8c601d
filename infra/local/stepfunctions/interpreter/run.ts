import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Machine, State } from '../definition/asl.ts';
import type { Closing, Execution, Position } from '../store/executions.ts';
import { runtimeError } from './errors.ts';
import { type KeptEvent, largestHistory } from './history.ts';

/** An execution in memory while it moves; nothing of it is visible before it is committed. */
export interface Run {
  readonly execution: Execution;
  readonly machine: Machine;
  /** A copy of the stored row, changed freely. */
  position: Position;
  /** The values behind `position.input` and `position.variables`. */
  input: unknown;
  variables: Readonly<Record<string, unknown>>;
  /** Events since the last commit. */
  events: KeptEvent[];
  closing?: Closing;
}

const noAttempts = { attempts: '', retries: 0 };
const noTask = { task: 0, arguments: null, timeout: null, heartbeat: null, beat: null, outcome: null };

/** The stored position as something that can move. */
export const loadRun = (execution: Execution, machine: Machine, position: Position): Run => ({
  execution,
  machine,
  position,
  input: JSON.parse(position.input),
  variables: position.variables === '' ? {} : JSON.parse(position.variables),
  events: [],
});

/** The first position of a new execution. */
export const startPosition = (id: number, startAt: string, input: string, deadline: number): Position => ({
  execution: id,
  epoch: 0,
  due: deadline,
  phase: 'enter',
  state: startAt,
  entered: 0,
  enteredEvent: 0,
  input,
  variables: '',
  ...noAttempts,
  ...noTask,
  events: 0,
  transitions: 0,
  invocations: 0,
});

export const stateOf = (run: Run): State => {
  const state = run.machine.States[run.position.state];
  if (!state) throw runtimeError(`There is no state '${run.position.state}'.`);
  return state;
};

const endings = new Set<HistoryEventType>([
  'ExecutionSucceeded',
  'ExecutionFailed',
  'ExecutionAborted',
  'ExecutionTimedOut',
]);

/** Thrown by the event that would be one too many. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';
}

/** Appends an event; `previous` is the one before it unless told otherwise. */
export const append = (
  run: Run,
  now: number,
  type: HistoryEventType,
  details?: object,
  previous?: number,
): void => {
  const { position } = run;
  if (position.events >= largestHistory - 1 && !endings.has(type)) throw new HistoryFull();
  // AWS lets the first state's entry point to nothing, as it does with endings that come from outside.
  const before = previous ?? (position.events === 1 ? 0 : position.events);
  run.events.push(details === undefined ? [type, now, before] : [type, now, before, details]);
  position.events++;
};

/** Opens the history; the first commit after the start carries it. */
export const recordStart = (run: Run): void => {
  const { execution, position } = run;
  if (position.events > 0) return;
  const { input, role: roleArn, version, alias, started } = execution;
  const by = {
    ...(version !== null && { stateMachineVersionArn: version }),
    ...(alias !== null && { stateMachineAliasArn: alias }),
  };
  append(run, started, 'ExecutionStarted', { input, roleArn, ...by });
};

/** Moves to the next state with `output` as its input. Entering it comes later. */
export const moveTo = (run: Run, state: string, output: unknown, text: string): void => {
  run.input = output;
  run.position = {
    ...run.position,
    ...noAttempts,
    ...noTask,
    phase: 'enter',
    state,
    input: text,
    due: run.execution.deadline,
  };
};

/** Forgets the task of the attempt that ended. */
export const clearTask = (run: Run): void => {
  run.position = { ...run.position, ...noTask };
};
