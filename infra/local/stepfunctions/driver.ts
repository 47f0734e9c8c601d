import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { call, type Outside } from './calls.ts';
import { advance, passTime } from './interpreter/advance.ts';
import { StateError, timeout } from './interpreter/errors.ts';
import { guarded } from './interpreter/fail.ts';
import type { Machinery } from './interpreter/machinery.ts';
import { loadRun, type Run } from './interpreter/run.ts';
import { fail, resourceOf, submitted, succeed, taskOf } from './interpreter/task.ts';
import type { ExecutionStore, Position } from './store/executions.ts';
import type { MachineStore } from './store/machines.ts';

/** The hold that the scheduler has on an execution that is being moved. */
export interface Handle {
  /** Something about the execution changed, or its time came, since its row was last read. */
  woken: boolean;
  /** Ends the waiting for a call. */
  interrupt?: (() => void) | undefined;
}

export interface DriverNeeds {
  db: Database;
  clock: WorldClock;
  executions: ExecutionStore;
  machines: MachineStore;
  machinery: Machinery;
  outside: Outside;
  isDeleting(machine: string): boolean;
  /** Within a transaction: stores what a run did; false when someone else was first. */
  keep(run: Run): boolean;
  /** After a commit: the execution must be looked at again at this time. */
  wakeAt(due: number): void;
  /** Counts calls, which may outlive the driving of their execution. */
  calls: { begin(): void; end(): void };
}

/** How a task ended, as it is stored until the execution has moved on. */
export type Outcome = { output: string } | { error?: string | undefined; cause?: string | undefined };

const gone = Symbol('the execution moved on meanwhile');
const interrupted = Symbol('interrupted');
type CallResult = { value: unknown } | { error: StateError };

/** Which clock of a task has run out, the earlier one first. */
const expiredOf = ({ timeout: end, beat }: Position, now: number): StateError | undefined => {
  if (beat !== null && beat <= now && (end === null || beat < end)) return timeout('heartbeat');
  return end !== null && end <= now ? timeout('task') : undefined;
};

/** Moves one execution as far as it goes: from its row, through calls and commits, until it waits or ends. */
export const createDriver = (needs: DriverNeeds) => {
  const { db, clock, executions, machines, machinery, outside } = needs;

  const load = (id: number): Run | undefined => {
    const position = executions.position(id);
    const execution = position && executions.byId(id);
    if (!execution) return undefined;
    return loadRun(execution, machines.definitions.load(execution.definition), position);
  };

  /** Stores what happened, all of it or, when someone else was first, nothing. */
  const commit = async (run: Run): Promise<boolean> => {
    const kept = await db.write(() => needs.keep(run), { refusesFirst: true });
    if (!kept) return false;
    run.position.epoch++;
    run.events = [];
    if (!run.closing) needs.wakeAt(run.position.due);
    return true;
  };
  const begin = async (run: Run): Promise<CallResult> => {
    needs.calls.begin();
    try {
      return { value: await call(outside, resourceOf(taskOf(run)), run.position.arguments ?? 'null') };
    } catch (cause) {
      return { error: cause instanceof StateError ? cause : new StateError('States.Runtime', String(cause)) };
    } finally {
      needs.calls.end();
    }
  };

  /** Waits for a call, unless the task times out or is settled meanwhile. */
  const callTask = async (run: Run, handle: Handle): Promise<CallResult | typeof gone> => {
    const result = begin(run);
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<typeof interrupted>();
      handle.interrupt = () => resolve(interrupted);
      if (handle.woken) handle.interrupt();
      const first = await Promise.race([result, promise]);
      handle.interrupt = undefined;
      // Without heartbeats nobody moves the row under the same epoch, and the commit will tell if it moved on.
      if (first !== interrupted && run.position.heartbeat === null) return first;
      if (!refresh(run)) return gone;
      if (first !== interrupted) return first;
      handle.woken = false;
      const error = expiredOf(run.position, clock.now());
      if (error) return { error };
      if (clock.now() >= run.execution.deadline) return gone;
    }
  };

  /** Heartbeats move a task's clock under way without making it another epoch. False when it is another. */
  const refresh = ({ position }: Run): boolean => {
    const stored = executions.position(position.execution);
    if (stored?.epoch !== position.epoch) return false;
    position.beat = stored.beat;
    position.due = stored.due;
    return true;
  };

  const conclude = async (run: Run, result: CallResult): Promise<void> => {
    if ('error' in result) return fail(machinery, run, result.error);
    const text = JSON.stringify(result.value);
    if (resourceOf(taskOf(run)).waits) submitted(machinery, run, text);
    else await succeed(machinery, run, result.value, text);
  };

  const settle = (run: Run): Promise<void> => {
    const outcome = JSON.parse(run.position.outcome ?? '{}') as Outcome;
    return 'output' in outcome
      ? succeed(machinery, run, JSON.parse(outcome.output), outcome.output)
      : fail(machinery, run, new StateError(outcome.error, outcome.cause));
  };

  /** Does the next thing from where the execution stands. False when there is nothing to do now. */
  const proceed = async (run: Run, handle: Handle): Promise<boolean | typeof gone> => {
    const { phase } = run.position;
    if (await passTime(machinery, run)) return true;
    if (phase === 'enter') return true;
    const expired = phase === 'settled' ? undefined : expiredOf(run.position, clock.now());
    if (expired) {
      await guarded(machinery, run, () => fail(machinery, run, expired));
      return true;
    }
    if (phase === 'settled') {
      await guarded(machinery, run, () => settle(run));
      return true;
    }
    if (phase !== 'call') return false;
    run.position.invocations++;
    const result = await callTask(run, handle);
    if (result === gone) return gone;
    await guarded(machinery, run, () => conclude(run, result));
    return true;
  };

  return async (id: number, handle: Handle): Promise<void> => {
    let run = load(id);
    while (run) {
      if (handle.woken) {
        handle.woken = false;
        run = load(id);
        if (!run) return;
      }
      const moved = await proceed(run, handle);
      if (moved === false) return;
      if (moved === true) await advance(machinery, run, needs.isDeleting(run.execution.machine));
      const kept = moved === true && (await commit(run));
      if (kept && run.closing) return;
      if (!kept) run = load(id);
    }
  };
};

export type Drive = ReturnType<typeof createDriver>;
