import type { Database } from '../../sqlite/database.ts';

/**
 * An execution is one row that is written twice (start and end) and, while it runs, one small row that says
 * where it is. Everything waiting is found by `due`, so that nothing is kept in memory for it.
 */
const tables = `
CREATE TABLE IF NOT EXISTS sfn_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sfn_definitions (
  id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, text TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS sfn_machines (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, role TEXT NOT NULL,
  definition INTEGER NOT NULL, revision TEXT, options TEXT NOT NULL, created INTEGER NOT NULL,
  updated INTEGER NOT NULL, versions INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sfn_versions (
  arn TEXT PRIMARY KEY, machine TEXT NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL,
  definition INTEGER NOT NULL, revision TEXT, options TEXT NOT NULL, description TEXT, created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sfn_versions_by_machine ON sfn_versions (machine, number);

CREATE TABLE IF NOT EXISTS sfn_aliases (
  arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL,
  created INTEGER NOT NULL, updated INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sfn_executions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, machine TEXT NOT NULL, version TEXT,
  alias TEXT, name TEXT NOT NULL, role TEXT NOT NULL, definition INTEGER NOT NULL, status TEXT NOT NULL,
  started INTEGER NOT NULL, deadline INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT,
  error TEXT, cause TEXT, transitions INTEGER NOT NULL DEFAULT 0, invocations INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS sfn_executions_by_machine ON sfn_executions (machine, id);

CREATE TABLE IF NOT EXISTS sfn_positions (
  execution INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, due INTEGER NOT NULL, phase TEXT NOT NULL,
  state TEXT NOT NULL, entered INTEGER NOT NULL, enteredEvent INTEGER NOT NULL, input TEXT NOT NULL,
  variables TEXT NOT NULL, attempts TEXT NOT NULL, retries INTEGER NOT NULL, task INTEGER NOT NULL,
  arguments TEXT, timeout INTEGER, heartbeat INTEGER, beat INTEGER, outcome TEXT, events INTEGER NOT NULL,
  transitions INTEGER NOT NULL, invocations INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS sfn_positions_by_due ON sfn_positions (due);

CREATE TABLE IF NOT EXISTS sfn_history (
  execution INTEGER NOT NULL, first INTEGER NOT NULL, events TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sfn_history_by_execution ON sfn_history (execution, first);

CREATE TABLE IF NOT EXISTS sfn_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL
);
`;

export const createTables = (db: Database): void => db.sql.exec(tables);
