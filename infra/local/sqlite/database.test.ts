import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from './database.ts';

const holdScript = (file: string): string => `
  import { openDatabase } from ${JSON.stringify(fileURLToPath(new URL('./database.ts', import.meta.url)))};
  const db = openDatabase(${JSON.stringify(file)});
  await db.write(() => db.sql.exec('CREATE TABLE IF NOT EXISTS kept (n); INSERT INTO kept VALUES (1)'));
  console.log('holding');
  setInterval(() => {}, 1000);`;

const startHolder = async (file: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holdScript(file)]);
  await once(child.stdout, 'data');
  return child;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayleaf-sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  it('refuses a second process and names the first', async () => {
    const file = join(folder, 'data.sqlite');
    const holder = await startHolder(file);
    expect(() => openDatabase(file)).toThrow(`is in use by process ${holder.pid}.`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  });

  it('opens again after its holder was killed, with everything that was committed', async () => {
    const file = join(folder, 'data.sqlite');
    const holder = await startHolder(file);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const db = openDatabase(file);
    expect(db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: 1 });
    await db.close();
  });

  it('refuses a second opening in the same process until the first is closed', async () => {
    const file = join(folder, 'data.sqlite');
    const first = openDatabase(file);
    expect(() => openDatabase(file)).toThrow(`is in use by this process (pid ${process.pid})`);
    await first.close();
    await openDatabase(file).close();
  });

  it('opens its log with a first write that SQLite itself syncs', async () => {
    const db = openDatabase(join(folder, 'data.sqlite'));
    expect(db.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x57594c46 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    await db.close();
  });
});

describe('the disk', () => {
  type Done = (error: Error | null) => void;
  let asked: Done[];
  let told: string[];
  let db: Database;
  beforeEach(async () => {
    db = openDatabase(join(folder, 'data.sqlite'));
    await db.write(() => db.sql.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)'));
    asked = [];
    told = [];
    vi.spyOn(fs, 'fdatasync').mockImplementation((_, done) => void asked.push(done));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await db.close();
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const write = (n: number) =>
    db
      .write(() => db.prepare('INSERT INTO t VALUES (?)').run(n))
      .then(
        () => told.push(`wrote ${n}`),
        ({ message }) => told.push(message),
      );
  it('has what a write and a read of it are answered for', async () => {
    void write(1);
    await turn();
    await turn();
    const read = db
      .read(() => db.prepare('SELECT n FROM t').all())
      .then((rows) => told.push(`read ${rows.length}`));
    await turn();
    expect([told, asked.length]).toEqual([[], 1]);
    asked.shift()!(null);
    await read;
    expect(told).toEqual(['wrote 1', 'read 1']);
  });

  it('takes together what was committed while it was busy', async () => {
    for (const n of [1, 2, 3]) {
      void write(n);
      await turn();
    }
    expect(asked.length).toBe(1);
    asked.shift()!(null);
    await turn();
    expect([told, asked.length]).toEqual([['wrote 1'], 1]);
    asked.shift()!(null);
    await turn();
    expect([told, asked.length]).toEqual([['wrote 1', 'wrote 2', 'wrote 3'], 0]);
  });

  it('takes what was written while the file was about to close, and nothing after it', async () => {
    void write(1);
    await turn();
    const closing = db.close();
    void write(2);
    asked.shift()!(null);
    for (let i = 0; i < 5 && asked.length === 0; i++) await turn();
    asked.shift()!(null);
    await closing;
    await turn();
    expect(told).toEqual(['wrote 1', 'wrote 2']);
    await expect(db.write(() => {})).rejects.toThrow('closed');
    await expect(db.read(() => {})).rejects.toThrow('closed');
    db = openDatabase(join(folder, 'data.sqlite'));
    expect(db.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 2 });
  });

  it('is not trusted again once it failed', async () => {
    void write(1);
    await turn();
    asked.shift()!(new Error('EIO'));
    await turn();
    await write(2);
    // Must not keep the file from being closed.
    db.along('note', () => {});
    const words = 'The disk did not take what was written. Look at it, then start again.';
    expect(told).toEqual([words, words]);
  });

  it('answers nobody whose write was open when it failed', async () => {
    void write(1);
    await turn();
    void write(2);
    asked.shift()!(new Error('EIO'));
    await turn();
    expect([told.length, new Set(told).size, asked.length]).toEqual([2, 1, 0]);
    expect(
      db
        .prepare('SELECT n FROM t')
        .all()
        .map(({ n }) => n),
    ).toEqual([1]);
  });
});

describe.each(['memory', 'disk'])('transactions (%s)', (kind) => {
  let db: Database;
  beforeEach(async () => {
    db = openDatabase(kind === 'memory' ? ':memory:' : join(folder, 'data.sqlite'));
    await db.write(() => db.sql.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)'));
  });
  afterEach(() => db.close());
  const insert = (n: number) => db.prepare('INSERT INTO t VALUES (?)').run(n);
  const rows = () =>
    db
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map((row) => row.n);

  it('puts the writes of one turn into one commit', async () => {
    let commits = 0;
    db.onCommit(() => commits++);
    await Promise.all([1, 2, 3].map((n) => db.write(() => insert(n))));
    expect(commits).toBe(1);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it('shows a write at once and answers reads of it only after the commit', async () => {
    const order: string[] = [];
    db.onCommit(() => order.push('commit'));
    const write = db.write(() => insert(1));
    const read = db.read(rows).then((seen) => order.push(`read ${seen}`));
    await Promise.all([write, read]);
    expect(order).toEqual(['commit', 'read 1']);
  });

  it('undoes only the write that throws', async () => {
    const good = db.write(() => insert(1));
    const bad = db.write(() => {
      insert(2);
      throw new Error('no');
    });
    const nested = db.write(() => {
      insert(3);
      db.write(() => {
        insert(4);
        throw new Error('inner');
      }).catch(() => {});
    });
    await expect(bad).rejects.toThrow('no');
    await Promise.all([good, nested]);
    expect(rows()).toEqual([1, 3]);
  });

  it('lets a write that refuses before its first change pass without a savepoint', async () => {
    const good = db.write(() => insert(1));
    const refusal = db.write(
      () => {
        throw new Error('refused');
      },
      { refusesFirst: true },
    );
    await expect(refusal).rejects.toThrow('refused');
    await good;
    expect(rows()).toEqual([1]);
  });

  it('loses the whole group when a write breaks its promise to refuse first', async () => {
    let lost = 0;
    db.onRollback(() => lost++);
    const good = db.write(() => insert(1));
    const broken = db.write(
      () => {
        insert(2);
        throw new Error('too late');
      },
      { refusesFirst: true },
    );
    await expect(broken).rejects.toThrow('too late');
    await expect(good).rejects.toThrow('too late');
    expect([rows(), lost]).toEqual([[], 1]);
  });

  it('keeps nothing of the work around a write that loses the group', async () => {
    const around = db.write(() => {
      insert(1);
      db.write(
        () => {
          insert(2);
          throw new Error('too late');
        },
        { refusesFirst: true },
      ).catch(() => {});
      insert(3);
    });
    await expect(around).rejects.toThrow('too late');
    expect([rows(), db.sql.isTransaction]).toEqual([[], false]);
    await db.write(() => insert(4));
    expect(rows()).toEqual([4]);
  });

  it('rejects every write and read of a group whose commit fails', async () => {
    await db.write(() =>
      db.sql.exec(
        'CREATE TABLE child (n INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED); PRAGMA foreign_keys = ON',
      ),
    );
    db.sql.exec('PRAGMA foreign_keys = ON');
    const good = db.write(() => insert(1));
    const bad = db.write(() => db.sql.exec('INSERT INTO child VALUES (99)'));
    const read = db.read(rows);
    const answers = await Promise.allSettled([good, bad, read]);
    expect(answers.map((a) => a.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(rows()).toEqual([]);
    await db.write(() => insert(2));
    expect(rows()).toEqual([2]);
  });

  it('calls back after the commit, and not for what was undone', async () => {
    const called: number[] = [];
    const good = db.write(() => db.afterCommit(() => called.push(1)));
    const bad = db.write(() => {
      db.afterCommit(() => called.push(2));
      throw new Error('no');
    });
    expect(called).toEqual([]);
    await Promise.allSettled([good, bad]);
    expect(called).toEqual([1]);
  });

  it('writes along with the next group what is worth no commit of its own, the newest of a name, and at the latest at the end', async () => {
    const file = join(folder, 'notes.sqlite');
    const db = openDatabase(file);
    db.sql.exec('CREATE TABLE notes (n INTEGER)');
    let commits = 0;
    db.onCommit(() => commits++);
    const note = (n: number) =>
      db.along('note', () => void db.prepare('INSERT INTO notes VALUES (?)').run(n));
    note(1);
    note(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(commits).toBe(0);
    await db.write(() => note(3));
    note(4);
    expect(commits).toBe(1);
    await db.close();
    const again = openDatabase(file);
    expect(again.prepare('SELECT n FROM notes').all()).toEqual([{ n: 2 }, { n: 3 }, { n: 4 }]);
    await again.close();
  });

  it('refuses work that is asynchronous', async () => {
    await expect(db.write(async () => insert(1))).rejects.toThrow('must be synchronous');
    expect(rows()).toEqual([]);
  });
});
