import type { Evaluate, Scope } from '../expressions/evaluator.ts';
import { QueryEvaluationError, ServiceError, StateError } from './errors.ts';
import type { Run } from './run.ts';

/** What the interpreter works with; everything else is in the run. */
export interface Machinery {
  evaluate: Evaluate;
  now(): number;
  /** A number in [0, 1). */
  random(): number;
  tokenOf(execution: number, task: number): string;
  region: string;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** `$states.context`; what few expressions read is worked out when it is read. */
const contextOf = ({ execution, position }: Run, token: string | undefined): object => ({
  Execution: {
    Id: execution.arn,
    get Input() {
      return JSON.parse(execution.input);
    },
    Name: execution.name,
    RoleArn: execution.role,
    get StartTime() {
      return iso(execution.started);
    },
    RedriveCount: 0,
  },
  StateMachine: { Id: execution.machine, Name: execution.machine.split(':').at(-1) },
  State: {
    Name: position.state,
    get EnteredTime() {
      return iso(position.entered);
    },
    RetryCount: position.retries,
  },
  ...(token !== undefined && { Task: { Token: token } }),
});

/** What a state's expressions see. `extra` adds `result` or `errorOutput`. */
export const scopeOf = (run: Run, extra?: object, token?: string): Scope => ({
  ...run.variables,
  states: { input: run.input, context: contextOf(run, token), ...extra },
});

/** Gives an error of the service the sentence that AWS opens its cause with. */
export const located = (run: Run, error: StateError): StateError => {
  if (!(error instanceof ServiceError)) return error;
  const { state, enteredEvent } = run.position;
  const opening = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}).`;
  const failure = `${opening} ${error.failure}`;
  return error instanceof QueryEvaluationError
    ? new QueryEvaluationError(failure, error.location)
    : new StateError(error.error, failure);
};
