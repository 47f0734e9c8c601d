import { type Clock, iso } from '#kernel/clock';
import type { Database } from '../sqlite/database.ts';

/** What could not be processed waits here for a person, as in the queues behind the functions on AWS. */
export interface Quarantined {
  at: string;
  functionName: string;
  /** The name and text of the last error. */
  reason: string;
  event: unknown;
}

export interface Quarantine {
  /** Within a write, or durable soon after. */
  add(functionName: string, error: unknown, event: unknown): void;
  list(): Quarantined[];
}

/** @param failed told of each within the same write, as the queue on AWS is */
export const createQuarantine = (
  db: Database,
  clock: Clock,
  failed?: (functionName: string, error: unknown, event: unknown) => void,
): Quarantine => {
  db.sql.exec(
    'CREATE TABLE IF NOT EXISTS quarantine (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, function TEXT NOT NULL, reason TEXT NOT NULL, event TEXT NOT NULL)',
  );
  const insert = db.prepare('INSERT INTO quarantine (at, function, reason, event) VALUES (?, ?, ?, ?)');
  const all = db.prepare('SELECT * FROM quarantine ORDER BY seq');
  return {
    add: (functionName, error, event) => {
      insert.run(iso(clock.now()), functionName, reasonOf(error), JSON.stringify(event));
      failed?.(functionName, error, event);
    },
    list: () =>
      (all.all() as Record<string, string>[]).map(
        ({ at = '', function: functionName = '', reason = '', event = '' }) => ({
          at,
          functionName,
          reason,
          event: JSON.parse(event),
        }),
      ),
  };
};

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
