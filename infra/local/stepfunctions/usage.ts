import type { Database } from '../sqlite/database.ts';

/** What AWS would bill for the executions of one machine. */
export interface Usage {
  stateMachineArn: string;
  executions: number;
  running: number;
  /** States entered, and retries. */
  transitions: number;
  /** Calls that tasks made, of functions or services. */
  invocations: number;
}

const text = (where: string): string => `
  SELECT e.machine AS stateMachineArn, count(*) AS executions, count(p.execution) AS running,
    sum(coalesce(p.transitions, e.transitions)) AS transitions,
    sum(coalesce(p.invocations, e.invocations)) AS invocations
  FROM sfn_executions AS e LEFT JOIN sfn_positions AS p ON p.execution = e.id
  ${where} GROUP BY e.machine ORDER BY e.machine`;

/** Adds up the counters of all executions, of one machine or of each. */
export const readUsage = (db: Database, machine?: string): Usage[] =>
  machine === undefined
    ? db.prepare<Usage>(text('')).all()
    : db.prepare<Usage>(text('WHERE e.machine = ?')).all(machine);
