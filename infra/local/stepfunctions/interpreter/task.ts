import type { TaskState } from '../definition/asl.ts';
import { parseResource, type Resource } from '../definition/resource.ts';
import { resolve } from '../expressions/template.ts';
import { errorOutput, isTimeout, isTooLarge, StateError, shown, tooLarge } from './errors.ts';
import { failExecution, recordEvaluation } from './fail.ts';
import { leave } from './leave.ts';
import { located, type Machinery, scopeOf } from './machinery.ts';
import { indexOfFirst, maxAttempts, retryDelay } from './retry.ts';
import { append, clearTask, type Run, stateOf } from './run.ts';
import { secondsOf } from './seconds.ts';

export const taskOf = (run: Run): TaskState => stateOf(run) as TaskState;

export const resourceOf = (state: TaskState): Resource => parseResource(state.Resource) as Resource;

type Happening = 'Scheduled' | 'Started' | 'Submitted' | 'Succeeded' | 'Failed' | 'TimedOut';

/** Events of a bare function have their own names and no resource in most of them. */
const record = (m: Machinery, run: Run, resource: Resource, what: Happening, details?: object): void => {
  if (resource.kind === 'function') {
    append(run, m.now(), `LambdaFunction${what as 'Started'}`, details);
  } else {
    const { resourceType, resource: name } = resource;
    append(run, m.now(), `Task${what}`, { resourceType, resource: name, ...details });
  }
};

interface Limits {
  timeoutInSeconds?: number;
  heartbeatInSeconds?: number;
}

const limitsOf = async (m: Machinery, run: Run): Promise<Limits> => {
  const { TimeoutSeconds, HeartbeatSeconds } = taskOf(run);
  const scope = scopeOf(run);
  const limits: Limits = {};
  if (TimeoutSeconds !== undefined)
    limits.timeoutInSeconds = await secondsOf(m, TimeoutSeconds, scope, 'TimeoutSeconds', 1);
  if (HeartbeatSeconds !== undefined)
    limits.heartbeatInSeconds = await secondsOf(m, HeartbeatSeconds, scope, 'HeartbeatSeconds', 1);
  return limits;
};

const recordSchedule = (m: Machinery, run: Run, text: string, limits: Limits): void => {
  const state = taskOf(run);
  const resource = resourceOf(state);
  const { timeoutInSeconds } = limits;
  const details =
    resource.kind === 'function'
      ? { resource: state.Resource, input: text, ...(timeoutInSeconds && { timeoutInSeconds }) }
      : { region: m.region, parameters: text, ...limits };
  record(m, run, resource, 'Scheduled', details);
  record(m, run, resource, 'Started');
};

const firstDue = (...times: (number | null)[]): number => Math.min(...times.filter((t) => t !== null));

/** Sets up one attempt of a task: after the next commit it is called. */
const schedule = async (m: Machinery, run: Run): Promise<void> => {
  const state = taskOf(run);
  const { position, execution } = run;
  // No attempt leaves the history as it found it, so its length names the attempt.
  const task = position.events;
  const token = resourceOf(state).waits ? m.tokenOf(execution.id, task) : undefined;
  const scope = scopeOf(run, undefined, token);
  const given =
    state.Arguments === undefined
      ? run.input
      : await resolve(m.evaluate, state.Arguments, scope, 'Arguments');
  const text = JSON.stringify(given);
  if (isTooLarge(text)) throw tooLarge(position.state);
  const limits = await limitsOf(m, run);
  recordSchedule(m, run, text, limits);
  position.task = task;
  position.arguments = text;
  startClocks(m, run, limits);
  position.phase = 'call';
};

const startClocks = (m: Machinery, { position, execution }: Run, limits: Limits): void => {
  const now = m.now();
  const { timeoutInSeconds, heartbeatInSeconds } = limits;
  position.timeout = timeoutInSeconds === undefined ? null : now + timeoutInSeconds * 1000;
  position.heartbeat = heartbeatInSeconds === undefined ? null : heartbeatInSeconds * 1000;
  position.beat = position.heartbeat === null ? null : now + position.heartbeat;
  position.due = firstDue(position.timeout, position.beat, execution.deadline);
};

/** The later of two deadlines is pushed forward by a heartbeat. */
export const dueAfterBeat = (timeout: number | null, beat: number, deadline: number): number =>
  firstDue(timeout, beat, deadline);

/** Begins an attempt, the first or a retry; what goes wrong before the call may be retried or caught too. */
export const attempt = (m: Machinery, run: Run): Promise<void> => handling(m, run, () => schedule(m, run));

/** The call of a task with a token was made: from now on only the token, or time, ends it. */
export const submitted = (m: Machinery, run: Run, output: string): void => {
  record(m, run, resourceOf(taskOf(run)), 'Submitted', { output });
  run.position.phase = 'callback';
  run.position.arguments = null;
};

/** The task succeeded with `result`, whose JSON is `text`. */
export const succeed = (m: Machinery, run: Run, result: unknown, text: string): Promise<void> =>
  handling(m, run, async () => {
    const state = taskOf(run);
    if (isTooLarge(text)) throw tooLarge(run.position.state);
    record(m, run, resourceOf(state), 'Succeeded', { output: text });
    const scope = scopeOf(run, { result });
    clearTask(run);
    await leave(m, run, { fields: state, place: '', scope, output: result, next: state.Next });
  });

/** The task failed, or ran out of time. */
export const fail = (m: Machinery, run: Run, error: StateError): Promise<void> =>
  handling(m, run, () => Promise.reject(error));

const handling = async (m: Machinery, run: Run, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof StateError)) throw cause;
    await handle(m, run, located(run, cause));
  }
};

const recordFailure = (m: Machinery, run: Run, error: StateError): void => {
  const happening = isTimeout(error) ? 'TimedOut' : 'Failed';
  if (run.position.task === 0) recordEvaluation(m, run, error);
  else record(m, run, resourceOf(taskOf(run)), happening, shown(error));
};

/** Retries if a retrier hears the error and has attempts left, else follows a catcher, else fails. */
const handle = async (m: Machinery, run: Run, error: StateError): Promise<void> => {
  recordFailure(m, run, error);
  clearTask(run);
  if (retry(m, run, error)) return;
  const { Catch } = taskOf(run);
  const index = indexOfFirst(Catch, error);
  const catcher = Catch?.[index];
  if (!catcher) return failExecution(m, run, error);
  const output = errorOutput(error);
  const scope = scopeOf(run, { errorOutput: output });
  await leave(m, run, { fields: catcher, place: `Catch[${index}]/`, scope, output, next: catcher.Next });
};

const retry = (m: Machinery, run: Run, error: StateError): boolean => {
  const { Retry } = taskOf(run);
  const index = indexOfFirst(Retry, error);
  const retrier = Retry?.[index];
  if (!retrier) return false;
  const { position, execution } = run;
  const attempts =
    position.attempts === '' ? Retry.map(() => 0) : (JSON.parse(position.attempts) as number[]);
  const made = attempts[index] ?? 0;
  if (made >= maxAttempts(retrier)) return false;
  attempts[index] = made + 1;
  position.attempts = JSON.stringify(attempts);
  position.phase = 'backoff';
  position.due = firstDue(m.now() + retryDelay(retrier, made + 1, m.random), execution.deadline);
  return true;
};

/** The backoff is over: the same state is tried again, which AWS bills as one more transition. */
export const retryNow = (m: Machinery, run: Run): Promise<void> => {
  run.position.retries++;
  run.position.transitions++;
  return attempt(m, run);
};
