import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { lockFile } from './lock.ts';

export interface Database {
  readonly sql: DatabaseSync;
  /** The same text gives the same statement. */
  prepare(text: string): StatementSync;
  /**
   * Runs `work` at once, within the open group; resolves after the group's commit (fsync). When `work`
   * throws, only its own changes are undone. `work` may call `write` and `read` again.
   * With `refusesFirst`, `work` promises to throw only before its first change and is spared the savepoint.
   */
  write<T>(work: () => T, options?: { refusesFirst?: boolean }): Promise<T>;
  /** Runs `work` at once; resolves after the commit of the group whose changes it may have seen. */
  read<T>(work: () => T): Promise<T>;
  /** Calls `then` once after the group commits; forgotten when the surrounding `write` is undone. */
  afterCommit(then: () => void): void;
  /** Calls `listener` after every commit; returns how to stop. */
  onCommit(listener: () => void): () => void;
  /** Calls `listener` when a whole group was lost, so that what was kept in memory can be dropped. */
  onRollback(listener: () => void): () => void;
  /** Commits what is open, then frees the file. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `full` survives a power cut, `normal` only the death of the process. */
  sync?: 'full' | 'normal' | 'off';
}

/**
 * One writer in one process. Writes of one turn of the event loop share one transaction and one fsync;
 * the more callers wait while the disk is busy, the larger the next group.
 */
export const openDatabase = (file: string, { sync = 'full' }: DatabaseOptions = {}): Database => {
  const inMemory = file === ':memory:';
  if (!inMemory) mkdirSync(dirname(file), { recursive: true });
  const lock = inMemory ? undefined : lockFile(file);
  try {
    const sql = new DatabaseSync(file, { timeout: 5000 });
    sql.exec(`PRAGMA journal_mode = ${inMemory ? 'MEMORY' : 'WAL'}; PRAGMA synchronous = ${sync};
      PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY`);
    return createGroups(sql, () => lock?.release());
  } catch (error) {
    lock?.release();
    throw error;
  }
};

interface Group {
  committed: Promise<void>;
  resolve(): void;
  reject(cause: unknown): void;
  afterwards: (() => void)[];
}

/** Work that goes on after the commit would write outside of its transaction. */
const refusePromise = <T>(result: T): T => {
  if (result instanceof Promise) throw new TypeError('The work of a transaction must be synchronous.');
  return result;
};

const newGroup = (): Group => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A group of writes that all threw has nobody waiting; its rejection must not end the process.
  promise.catch(() => {});
  return { committed: promise, resolve, reject, afterwards: [] };
};

const createGroups = (sql: DatabaseSync, release: () => void): Database => {
  const statements = new Map<string, StatementSync>();
  const commitListeners = new Set<() => void>();
  const rollbackListeners = new Set<() => void>();
  let group: Group | undefined;

  const prepare = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known) return known;
    const made = sql.prepare(text);
    statements.set(text, made);
    return made;
  };
  const begin = prepare('BEGIN IMMEDIATE');
  const commit = prepare('COMMIT');
  const savepoint = prepare('SAVEPOINT work');
  const keep = prepare('RELEASE work');
  const changes = prepare('SELECT total_changes() AS n');
  const changed = (): number => changes.get()?.n as number;

  const lose = (lost: Group, cause: unknown): void => {
    group = undefined;
    if (sql.isTransaction) sql.exec('ROLLBACK');
    for (const listener of rollbackListeners) listener();
    lost.reject(cause);
  };
  const end = (ending: Group): void => {
    if (group !== ending) return;
    try {
      commit.run();
    } catch (cause) {
      lose(ending, cause);
      return;
    }
    group = undefined;
    ending.resolve();
    for (const then of ending.afterwards) then();
    for (const listener of commitListeners) listener();
  };
  const open = (): Group => {
    if (group) return group;
    begin.run();
    const opened = newGroup();
    group = opened;
    setImmediate(() => end(opened));
    return opened;
  };

  const inSavepoint = <T>(within: Group, work: () => T): T => {
    const mark = within.afterwards.length;
    savepoint.run();
    try {
      const result = refusePromise(work());
      keep.run();
      return result;
    } catch (cause) {
      // A full disk ends the whole transaction by itself.
      if (!sql.isTransaction) lose(within, cause);
      else sql.exec('ROLLBACK TO work; RELEASE work');
      within.afterwards.length = Math.min(mark, within.afterwards.length);
      throw cause;
    }
  };
  const unprotected = <T>(within: Group, work: () => T): T => {
    const before = changed();
    try {
      return refusePromise(work());
    } catch (cause) {
      if (!sql.isTransaction || changed() !== before) lose(within, cause);
      throw cause;
    }
  };

  return {
    sql,
    prepare,
    async write(work, options) {
      const within = open();
      const result = options?.refusesFirst ? unprotected(within, work) : inSavepoint(within, work);
      await within.committed;
      return result;
    },
    async read(work) {
      const within = group;
      const result = work();
      if (within) await within.committed;
      return result;
    },
    afterCommit(then) {
      if (group) group.afterwards.push(then);
      else then();
    },
    onCommit(listener) {
      commitListeners.add(listener);
      return () => commitListeners.delete(listener);
    },
    onRollback(listener) {
      rollbackListeners.add(listener);
      return () => rollbackListeners.delete(listener);
    },
    async close() {
      if (group) end(group);
      statements.clear();
      sql.close();
      release();
    },
  };
};
