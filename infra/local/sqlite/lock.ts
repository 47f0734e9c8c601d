import { DatabaseSync } from 'node:sqlite';

/** The data belongs to another process (or to another world in this one). */
class DataInUse extends Error {
  override readonly name = 'DataInUse';
  readonly pid: number | undefined;
  constructor(file: string, pid: number | undefined) {
    const holder =
      pid === undefined
        ? 'another process'
        : pid === process.pid
          ? `this process (pid ${pid})`
          : `process ${pid}`;
    super(`The data in ${file} is in use by ${holder}. Stop it first, or choose another folder.`);
    this.pid = pid;
  }
}

/**
 * Holds `<file>.lock` until `release` is called or the process dies in any way: the lock is the
 * operating system's own on an open SQLite transaction, so nothing stale can stay behind. A reserved
 * (not exclusive) lock lets the refused read who holds it.
 */
export const lockFile = (file: string): { release(): void } => {
  const sql = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    sql.exec('PRAGMA synchronous = OFF');
    for (let tries = 0; !held(sql); tries++) if (tries === 3) throw new DataInUse(file, holderOf(sql));
  } catch (error) {
    const refused = isBusy(error) ? new DataInUse(file, holderOf(sql)) : error;
    sql.close();
    throw refused;
  }
  return { release: () => sql.close() };
};

/** Writes our pid, takes the lock again and looks whether another writer came between. */
const held = (sql: DatabaseSync): boolean => {
  sql.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (pid INTEGER); DELETE FROM holder');
  sql.prepare('INSERT INTO holder VALUES (?)').run(process.pid);
  sql.exec('COMMIT; BEGIN IMMEDIATE');
  if (holderOf(sql) === process.pid) return true;
  sql.exec('ROLLBACK');
  return false;
};

const holderOf = (sql: DatabaseSync): number | undefined => {
  try {
    return sql.prepare('SELECT pid FROM holder').get()?.pid as number | undefined;
  } catch {
    return undefined;
  }
};

const SQLITE_BUSY = 5;
const isBusy = (error: unknown): boolean =>
  ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY;
