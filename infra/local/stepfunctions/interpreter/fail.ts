import { QueryEvaluationError, runtimeError, StateError, shown } from './errors.ts';
import { largestHistory } from './history.ts';
import { located, type Machinery } from './machinery.ts';
import { append, HistoryFull, type Run } from './run.ts';

/** Ends the execution as FAILED with an error as it is to be shown. */
export const failExecution = (m: Machinery, run: Run, error: StateError): void => {
  const details = shown(error);
  append(run, m.now(), 'ExecutionFailed', details);
  run.closing = { status: 'FAILED', ...details };
};

/** Ends the execution as TIMED_OUT; like AWS, the answer of DescribeExecution names no error. */
export const timeOutExecution = (m: Machinery, run: Run): void => {
  append(run, m.now(), 'ExecutionTimedOut', { error: 'States.Timeout' }, 0);
  run.closing = { status: 'TIMED_OUT' };
};

export const abortExecution = (m: Machinery, run: Run, error?: string, cause?: string): void => {
  const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  append(run, m.now(), 'ExecutionAborted', details, 0);
  run.closing = { status: 'ABORTED', ...details };
};

/** Tells the history about an expression that failed. */
export const recordEvaluation = (m: Machinery, run: Run, error: StateError): void => {
  if (!(error instanceof QueryEvaluationError)) return;
  const details = { ...shown(error), location: error.location, state: run.position.state };
  append(run, m.now(), 'EvaluationFailed', details);
};

const toStateError = (cause: unknown): StateError => {
  if (cause instanceof StateError) return cause;
  if (cause instanceof HistoryFull) {
    const text = `The execution reached the maximum number of history events (${largestHistory}).`;
    return new StateError('States.Runtime', text);
  }
  return runtimeError(cause instanceof Error ? cause.message : String(cause));
};

/** Runs a part of the interpreter; whatever it throws fails the execution instead. */
export const guarded = async (m: Machinery, run: Run, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (cause) {
    try {
      const error = located(run, toStateError(cause));
      recordEvaluation(m, run, error);
      failExecution(m, run, error);
    } catch (full) {
      failExecution(m, run, toStateError(full));
    }
  }
};
