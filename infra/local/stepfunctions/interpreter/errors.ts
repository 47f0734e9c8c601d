/** An error inside an execution, in the terms of the Amazon States Language: what `Retry` and `Catch` see. */
export class StateError extends Error {
  override readonly name: string = 'StateError';
  readonly error: string | undefined;
  readonly failure: string | undefined;
  /** @param error the error name, @param failure the cause; a failed callback may come without either */
  constructor(error: string | undefined, failure: string | undefined) {
    super(`${error ?? 'no error'}: ${failure ?? 'no cause'}`);
    this.error = error;
    this.failure = failure;
  }
}

/** An error that the service itself raises about a state; its cause is told with the state's name in front. */
export class ServiceError extends StateError {
  override readonly name: string = 'ServiceError';
}

/** An expression, or a field given by one, that cannot be used. `location` is relative to the state. */
export class QueryEvaluationError extends ServiceError {
  override readonly name = 'QueryEvaluationError';
  readonly location: string;
  constructor(failure: string, location: string) {
    super('States.QueryEvaluationError', failure);
    this.location = location;
  }
}

export const runtimeError = (failure: string): StateError => new ServiceError('States.Runtime', failure);

/** Which of the two clocks ran out is told to `Retry` and `Catch` only; everyone else sees States.Timeout. */
export const timeout = (kind: 'task' | 'heartbeat'): StateError =>
  new StateError(kind === 'task' ? 'States.Timeout' : 'States.HeartbeatTimeout', undefined);

export const isTimeout = ({ error }: StateError): boolean =>
  error === 'States.Timeout' || error === 'States.HeartbeatTimeout';

/** The error and cause as history and callers see them. */
export const shown = (error: StateError): { error?: string; cause?: string } => ({
  ...(error.error !== undefined && { error: isTimeout(error) ? 'States.Timeout' : error.error }),
  ...(error.failure !== undefined && { cause: error.failure }),
});

/** What `$states.errorOutput` holds. A timeout has an empty cause, a bare SendTaskFailure has nulls. */
export const errorOutput = (error: StateError): { Error: string | null; Cause: string | null } => {
  const { error: name = null, cause = isTimeout(error) ? '' : null } = shown(error);
  return { Error: name, Cause: cause };
};

/** The largest input, output, argument or variable, in bytes of UTF-8. */
export const largestPayload = 262_144;

export const isTooLarge = (text: string): boolean =>
  text.length * 3 > largestPayload && Buffer.byteLength(text) > largestPayload;

export const tooLarge = (state: string): StateError =>
  new StateError(
    'States.DataLimitExceeded',
    `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
