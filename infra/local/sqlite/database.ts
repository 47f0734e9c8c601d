import fs from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { makeFolder } from '../make-folder.ts';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';
import { lockFile } from './lock.ts';

type Columns = Record<string, SQLOutputValue>;

/** A statement whose rows are what its text selects: whoever writes the text says so. */
export interface Statement<Row = Columns> extends Omit<StatementSync, 'all' | 'get' | 'iterate'> {
  all(...values: SQLInputValue[]): Row[];
  get(...values: SQLInputValue[]): Row | undefined;
  iterate(...values: SQLInputValue[]): IterableIterator<Row>;
}

export interface Database {
  readonly sql: DatabaseSync;
  /** The same text gives the same statement. */
  prepare<Row = Columns>(text: string): Statement<Row>;
  /**
   * Runs `work` at once, within the open group; resolves after the group's commit (fsync). When `work`
   * throws, only its own changes are undone. `work` may call `write` and `read` again.
   * With `refusesFirst`, `work` promises to throw only before its first change and is spared the savepoint.
   */
  write<T>(work: () => T, options?: { refusesFirst?: boolean }): Promise<T>;
  /** Runs `work` at once; resolves after the commit of the group whose changes it may have seen. */
  read<T>(work: () => T): Promise<T>;
  /**
   * Runs `work` in the open group, or in the next one, whoever opens it (the file's closing at the latest):
   * no commit of its own for what may be lost with what comes after it. Of one name only the newest counts.
   */
  along(name: string, work: () => void): void;
  /** Calls `then` once after the group commits; forgotten when the surrounding `write` is undone. */
  afterCommit(then: () => void): void;
  /** Resolves when everything committed is in the file itself, and its log is empty. */
  fold(): Promise<void>;
  /** Calls `listener` after every commit; returns how to stop. */
  onCommit(listener: () => void): () => void;
  /** Calls `listener` when a whole group was lost, so that what was kept in memory can be dropped. */
  onRollback(listener: () => void): () => void;
  /** Commits what is open, also what is written meanwhile, then frees the file: whatever comes later is refused. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `full` survives a power cut, `normal` and `off` only the death of the process. */
  sync?: 'full' | 'normal' | 'off';
  /** Rows that change between two checkpoints. A row is about one page of the log: some 64 MB. */
  checkpointRows?: number;
  /** Memory counts more than time: half the pages are kept, and no thread makes checkpoints (some 15 MB), but SQLite, within commits. */
  small?: boolean;
}

/** "WYLF": tells whose file it is. */
const applicationId = 0x57594c46;

/**
 * One writer in one process. Writes of one turn of the event loop share one transaction. While the disk
 * takes one, the next ones are written already, and then share its next turn; see
 * decisions/2026-11-22-synced-beside.md.
 */
export const openDatabase = (
  file: string,
  { sync = 'full', checkpointRows = 8_000, small = false }: DatabaseOptions = {},
): Database => {
  const inMemory = file === ':memory:';
  if (!inMemory) makeFolder(dirname(file));
  const lock = inMemory ? undefined : lockFile(file);
  try {
    const sql = new DatabaseSync(file, { timeout: 5000 });
    // People and keys are in it. The log beside it is made with the rights of the file.
    if (!inMemory) fs.chmodSync(file, 0o600);
    // What is removed is overwritten, so that the file does not keep who was erased.
    // Mails are longer than a page of 4 KB.
    sql.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = ${inMemory ? 'MEMORY' : 'WAL'}; PRAGMA synchronous = ${sync};
      PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = ${small ? -4096 : -8192}; PRAGMA temp_store = MEMORY;
      PRAGMA secure_delete = ON`);
    const log = inMemory || sync !== 'full' ? undefined : openLog(sql, file, !small);
    return new GroupCommit(
      sql,
      log === undefined ? undefined : { file, log, checkpointRows: small ? undefined : checkpointRows },
      () => lock?.release(),
    );
  } catch (error) {
    lock?.release();
    throw error;
  }
};

/**
 * The write-ahead log, which from here on is synced by us, and taken into the file beside us; if it grows
 * four times as long as that should let it, SQLite does so within a commit. The first write, synced by
 * SQLite, makes its name durable.
 */
const openLog = (sql: DatabaseSync, file: string, beside: boolean): number => {
  sql.exec(`PRAGMA application_id = ${applicationId}; PRAGMA synchronous = NORMAL`);
  if (beside) sql.exec('PRAGMA wal_autocheckpoint = 32000');
  return fs.openSync(`${file}-wal`, 'r+');
};

interface Kept {
  file: string;
  log: number;
  /** Undefined: none beside. */
  checkpointRows: number | undefined;
}

interface Group {
  committed: Promise<void>;
  resolve(): void;
  reject(cause: unknown): void;
  afterwards: (() => void)[];
}

const newGroup = (): Group => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A group of writes that all threw has nobody waiting; its rejection must not end the process.
  promise.catch(() => {});
  return { committed: promise, resolve, reject, afterwards: [] };
};

/** Work that goes on after the commit would write outside of its transaction. */
const refusePromise = <T>(result: T): T => {
  if (result instanceof Promise) throw new TypeError('The work of a transaction must be synchronous.');
  return result;
};

class GroupCommit implements Database {
  readonly sql: DatabaseSync;
  readonly #log: number | undefined;
  readonly #checkpoints: Checkpoints | undefined;
  readonly #release: () => void;
  readonly #statements = new Map<string, Statement<unknown>>();
  readonly #commitListeners = new Set<() => void>();
  readonly #rollbackListeners = new Set<() => void>();
  readonly #along = new Map<string, () => void>();
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #keep: StatementSync;
  readonly #changes: StatementSync;
  #group: Group | undefined;
  /** In the log, and the disk may not have it yet; the oldest first. */
  #unsynced: Group[] = [];
  #syncing = false;
  /** Little of the log is left to be taken, and that waits for the end of the open group. */
  #finishes = false;
  /** After a sync that failed nobody knows what the disk has; after the end there is nothing to write to. */
  #broken: Error | undefined;
  /** How many works are running inside of each other. */
  #depth = 0;
  /** The group was lost while work around went on: what that writes is thrown away. */
  #doomed = false;

  constructor(sql: DatabaseSync, kept: Kept | undefined, release: () => void) {
    this.sql = sql;
    this.#log = kept?.log;
    this.#checkpoints =
      kept?.checkpointRows !== undefined
        ? createCheckpoints(kept.file, kept.checkpointRows, () => this.#finish())
        : undefined;
    this.#release = release;
    this.#begin = sql.prepare('BEGIN IMMEDIATE');
    this.#commit = sql.prepare('COMMIT');
    this.#savepoint = sql.prepare('SAVEPOINT work');
    this.#keep = sql.prepare('RELEASE work');
    this.#changes = sql.prepare('SELECT total_changes() AS n');
  }

  prepare<Row>(text: string): Statement<Row> {
    const known = this.#statements.get(text);
    if (known) return known as Statement<Row>;
    const made: Statement<unknown> = this.sql.prepare(text);
    this.#statements.set(text, made);
    return made as Statement<Row>;
  }

  async write<T>(work: () => T, options?: { refusesFirst?: boolean }): Promise<T> {
    const group = this.#open();
    const result = this.#run(() =>
      options?.refusesFirst ? this.#unprotected(group, work) : this.#inSavepoint(group, work),
    );
    await group.committed;
    return result;
  }

  async read<T>(work: () => T): Promise<T> {
    const group = this.#newest();
    if (!this.sql.isOpen) throw this.#broken;
    const result = work();
    if (group) await group.committed;
    return result;
  }

  along(name: string, work: () => void): void {
    if (this.#group) work();
    else this.#along.set(name, work);
  }

  afterCommit(then: () => void): void {
    const group = this.#newest();
    if (group) group.afterwards.push(then);
    else then();
  }
  async fold(): Promise<void> {
    // A commit may begin a checkpoint, and somebody may write while one runs.
    for (let busy = this.#underWay(); busy; busy = this.#underWay()) await busy;
    this.sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
  onCommit(listener: () => void): () => void {
    this.#commitListeners.add(listener);
    return () => this.#commitListeners.delete(listener);
  }
  onRollback(listener: () => void): () => void {
    this.#rollbackListeners.add(listener);
    return () => this.#rollbackListeners.delete(listener);
  }

  async close(): Promise<void> {
    // First: what is written meanwhile belongs to the groups below, and nothing waits between the last and the end.
    await this.#checkpoints?.end();
    // While the disk takes one group, somebody may write another.
    for (let group = this.#last(); group; group = this.#last()) {
      if (this.#group) this.#end(this.#group);
      await group.committed.catch(() => {});
    }
    this.#broken = new Error('The file is closed.');
    this.#statements.clear();
    if (this.#log !== undefined) fs.closeSync(this.#log);
    this.sql.close();
    this.#release();
  }

  /** The group that has the latest changes, as long as the disk may not have them. */
  #newest(): Group | undefined {
    return this.#group ?? this.#unsynced.at(-1);
  }

  /** The newest, with whatever waits for one. */
  #last(): Group | undefined {
    return this.#along.size > 0 && !this.#broken ? this.#open() : this.#newest();
  }

  #underWay(): Promise<void> | undefined {
    return this.#checkpoints?.running() ?? this.#newest()?.committed;
  }

  #open(): Group {
    if (this.#group) return this.#group;
    if (this.#broken) throw this.#broken;
    this.#begin.run();
    const opened = newGroup();
    this.#group = opened;
    setImmediate(() => this.#end(opened));
    for (const work of this.#along.values()) work();
    this.#along.clear();
    return opened;
  }

  #end(group: Group): void {
    if (this.#group !== group) return;
    try {
      // Open when a sync failed: what it builds on may be lost, and the next sync would not tell.
      if (this.#broken) throw this.#broken;
      this.#commit.run();
    } catch (cause) {
      this.#lose(group, cause);
      return;
    }
    this.#group = undefined;
    if (this.#finishes) this.#finish();
    else this.#checkpoints?.committed(this.#changed());
    if (this.#log === undefined) this.#settle(group);
    else {
      this.#unsynced.push(group);
      this.#sync(this.#log);
    }
  }

  /** What a checkpoint beside left over. */
  #finish(): void {
    this.#finishes = this.#group !== undefined;
    if (this.#finishes || !this.sql.isOpen) return;
    try {
      this.sql.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // A full disk: all of it is in the log still, and the next one tries again, as SQLite does within a commit.
    }
  }

  #settle(group: Group): void {
    group.resolve();
    for (const then of group.afterwards) then();
    for (const listener of this.#commitListeners) listener();
  }

  /** One at a time: what is committed meanwhile waits for the next one. */
  #sync(log: number): void {
    if (this.#syncing || this.#unsynced.length === 0) return;
    this.#syncing = true;
    const count = this.#unsynced.length;
    fs.fdatasync(log, (cause) => {
      this.#syncing = false;
      if (cause) return this.#fail(cause);
      for (const group of this.#unsynced.splice(0, count)) this.#settle(group);
      this.#sync(log);
    });
  }

  #fail(cause: Error): void {
    this.#broken = new Error('The disk did not take what was written. Look at it, then start again.', {
      cause,
    });
    for (const group of this.#unsynced.splice(0)) group.reject(this.#broken);
  }

  #lose(group: Group, cause: unknown): void {
    this.#group = undefined;
    if (this.sql.isTransaction) this.sql.exec('ROLLBACK');
    for (const listener of this.#rollbackListeners) listener();
    group.reject(cause);
    if (this.#depth < 2) return;
    this.#begin.run();
    this.#doomed = true;
  }

  #run<T>(work: () => T): T {
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
      if (this.#doomed && this.#depth === 0) {
        this.#doomed = false;
        this.sql.exec('ROLLBACK');
      }
    }
  }

  #inSavepoint<T>(group: Group, work: () => T): T {
    const mark = group.afterwards.length;
    this.#savepoint.run();
    try {
      const result = refusePromise(work());
      if (!this.#doomed) this.#keep.run();
      return result;
    } catch (cause) {
      // A full disk ends the whole transaction by itself.
      if (!this.sql.isTransaction) this.#lose(group, cause);
      else if (!this.#doomed) this.sql.exec('ROLLBACK TO work; RELEASE work');
      group.afterwards.length = Math.min(mark, group.afterwards.length);
      throw cause;
    }
  }

  #unprotected<T>(group: Group, work: () => T): T {
    const before = this.#changed();
    try {
      return refusePromise(work());
    } catch (cause) {
      if (!this.#doomed && (!this.sql.isTransaction || this.#changed() !== before)) this.#lose(group, cause);
      throw cause;
    }
  }

  #changed(): number {
    return this.#changes.get()?.n as number;
  }
}
