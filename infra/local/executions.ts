import { iso } from '#kernel/clock';
import type { namesOf } from '../names.ts';
import type { Database } from './sqlite/database.ts';

/** A run as Step Functions sees it. */
export interface ExecutionView {
  /** The execution's name, which is the run's id. */
  name: string;
  journey: string;
  /** ARN of the published version that it runs on. */
  version: string | null;
  status: string;
  /** The state it is in, while it runs. */
  state: string | null;
  startedAt: string;
  stoppedAt: string | null;
}

const most = 10_000;

/** The newest executions, oldest of them first. */
export const listExecutions = (
  db: Database,
  { machinePrefix, journey }: Pick<ReturnType<typeof namesOf>, 'machinePrefix' | 'journey'>,
): ExecutionView[] =>
  (
    db
      .prepare(
        `SELECT e.name, e.machine, e.version, e.status, e.started, e.stopped, p.state
         FROM sfn_executions e LEFT JOIN sfn_positions p ON p.execution = e.id
         WHERE e.machine LIKE ? ESCAPE '!' ORDER BY e.id DESC LIMIT ?`,
      )
      .all(`%:${machinePrefix.replaceAll('_', '!_')}%`, most) as Record<string, string | number | null>[]
  )
    .map((row) => ({
      name: String(row.name),
      journey: journey(String(row.machine).split(':').at(-1)!),
      version: row.version as string | null,
      status: String(row.status),
      state: row.state as string | null,
      startedAt: iso(row.started as number),
      stoppedAt: row.stopped === null ? null : iso(row.stopped as number),
    }))
    .reverse();
