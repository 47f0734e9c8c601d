import type { Database } from '../../sqlite/database.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What is known of an execution from its start to 90 days after its end. */
export interface Execution {
  id: number;
  arn: string;
  machine: string;
  version: string | null;
  alias: string | null;
  name: string;
  role: string;
  definition: number;
  status: ExecutionStatus;
  started: number;
  deadline: number;
  stopped: number | null;
  input: string;
  output: string | null;
  error: string | null;
  cause: string | null;
  transitions: number;
  invocations: number;
}

export type NewExecution = Pick<
  Execution,
  'arn' | 'machine' | 'version' | 'alias' | 'name' | 'role' | 'definition' | 'started' | 'deadline' | 'input'
>;

/**
 * Where a running execution is.
 * `enter`: the state is to be entered with `input`. `call`: its task is being called, or will be again.
 * `callback`: the call was made, the token is awaited. `settled`: the task's `outcome` is known.
 * `wait`: a Wait state. `backoff`: a retry is due.
 */
type Phase = 'enter' | 'call' | 'callback' | 'settled' | 'wait' | 'backoff';

export interface Position {
  execution: number;
  /** Raised by every change; who read an older one has lost the race. */
  epoch: number;
  /** When time alone moves the execution on. */
  due: number;
  phase: Phase;
  state: string;
  entered: number;
  enteredEvent: number;
  input: string;
  variables: string;
  /** Retries so far for each retrier of the state, as JSON; empty when none. */
  attempts: string;
  retries: number;
  /** Names the attempt; part of its token. 0 when no task was scheduled. */
  task: number;
  arguments: string | null;
  /** When the task times out. */
  timeout: number | null;
  /** Milliseconds between heartbeats. */
  heartbeat: number | null;
  /** When the next heartbeat must have come. */
  beat: number | null;
  outcome: string | null;
  events: number;
  transitions: number;
  invocations: number;
}

export interface Closing {
  status: Exclude<ExecutionStatus, 'RUNNING'>;
  output?: string | undefined;
  error?: string | undefined;
  cause?: string | undefined;
}

const columns = [
  ...['epoch', 'due', 'phase', 'state', 'entered', 'enteredEvent', 'input', 'variables', 'attempts'],
  ...['retries', 'task', 'arguments', 'timeout', 'heartbeat', 'beat', 'outcome', 'events', 'transitions'],
  'invocations',
] as const satisfies readonly (keyof Position)[];

const valuesOf = (position: Position) => columns.map((column) => position[column]);

const texts = {
  insert: `INSERT INTO sfn_executions (arn, machine, version, alias, name, role, definition, status, started,
    deadline, input) VALUES (?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)`,
  byArn: 'SELECT * FROM sfn_executions WHERE arn = ?',
  byId: 'SELECT * FROM sfn_executions WHERE id = ?',
  close: `UPDATE sfn_executions SET status = ?, stopped = ?, output = ?, error = ?, cause = ?, transitions = ?,
    invocations = ? WHERE id = ?`,
  remove: 'DELETE FROM sfn_executions WHERE id = ?',
  position: 'SELECT * FROM sfn_positions WHERE execution = ?',
  insertPosition: `INSERT INTO sfn_positions (execution, ${columns.join(', ')})
    VALUES (?, ${columns.map(() => '?').join(', ')})`,
  updatePosition: `UPDATE sfn_positions SET ${columns.map((c) => `${c} = ?`).join(', ')}
    WHERE execution = ? AND epoch = ?`,
  removePosition: 'DELETE FROM sfn_positions WHERE execution = ? AND epoch = ?',
  due: 'SELECT execution FROM sfn_positions WHERE due <= ? ORDER BY due, execution',
  nextDue: 'SELECT min(due) AS due FROM sfn_positions WHERE due > ?',
  runnable: `SELECT execution FROM sfn_positions WHERE phase IN ('enter', 'call', 'settled') OR due <= ?
    ORDER BY execution`,
  running: `SELECT count(*) AS n FROM sfn_executions AS e JOIN sfn_positions AS p ON p.execution = e.id
    WHERE e.machine = ?`,
  addHistory: 'INSERT INTO sfn_history (execution, first, events) VALUES (?, ?, ?)',
  history: 'SELECT events FROM sfn_history WHERE execution = ? ORDER BY first',
  removeHistory: 'DELETE FROM sfn_history WHERE execution = ?',
  stoppedBefore: 'SELECT id AS execution FROM sfn_executions WHERE stopped <= ?',
} as const;

/** The rows of executions. Everything here runs at once; callers wrap changes in `db.write`. */
export const createExecutionStore = (db: Database) => {
  const sql = <Row>(name: keyof typeof texts) => db.prepare<Row>(texts[name]);
  const numbers = (name: keyof typeof texts, ...values: number[]): number[] =>
    sql<{ execution: number }>(name)
      .all(...values)
      .map(({ execution }) => execution);

  const remove = (id: number): void => {
    sql('remove').run(id);
    sql('removeHistory').run(id);
  };

  return {
    remove,
    /** Removes what closed before a time, with its history. */
    forget(before: number): void {
      for (const id of numbers('stoppedBefore', before)) remove(id);
    },
    insert(e: NewExecution): number {
      const { arn, machine, version, alias, name, role, definition, started, deadline, input } = e;
      const values = [arn, machine, version, alias, name, role, definition, started, deadline, input];
      return Number(sql('insert').run(...values).lastInsertRowid);
    },
    byArn: (arn: string) => sql<Execution>('byArn').get(arn),
    byId: (id: number) => sql<Execution>('byId').get(id),
    position: (id: number) => sql<Position>('position').get(id),
    insertPosition: (position: Position) =>
      sql('insertPosition').run(position.execution, ...valuesOf(position)),
    /** Stores the position as the next epoch; false when someone else was first. */
    movePosition(position: Position): boolean {
      const next = { ...position, epoch: position.epoch + 1 };
      return sql('updatePosition').run(...valuesOf(next), position.execution, position.epoch).changes === 1;
    },
    /** Ends the execution; false when someone else was first. */
    close(position: Position, closing: Closing, stopped: number): boolean {
      if (sql('removePosition').run(position.execution, position.epoch).changes !== 1) return false;
      const { status, output = null, error = null, cause = null } = closing;
      const { transitions, invocations, execution } = position;
      sql('close').run(status, stopped, output, error, cause, transitions, invocations, execution);
      return true;
    },
    due: (now: number) => numbers('due', now),
    nextDue: (after: number) => sql<{ due: number | null }>('nextDue').get(after)!.due,
    /** What goes on after a restart without waiting for time. */
    runnable: (now: number) => numbers('runnable', now),
    countRunning: (machine: string) => sql<{ n: number }>('running').get(machine)!.n,
    addHistory: (id: number, first: number, events: string) => sql('addHistory').run(id, first, events),
    history: (id: number) =>
      sql<{ events: string }>('history')
        .all(id)
        .map(({ events }) => events),
  };
};

export type ExecutionStore = ReturnType<typeof createExecutionStore>;
