import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayleaf-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log', () => {
  const openKept = async (options: DatabaseOptions): Promise<Database> => {
    const db = openDatabase(join(folder, 'data.sqlite'), options);
    await db.write(() => db.sql.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT)'));
    return db;
  };
  const turn = (db: Database, row: number) =>
    db.write(() => db.prepare('INSERT INTO kept VALUES (?, ?)').run(row, 'x'.repeat(20_000)));

  it('is taken into the file beside the writer, and begins anew while writes go on', async () => {
    const file = join(folder, 'data.sqlite');
    const db = await openKept({ checkpointRows: 20 });
    const length = (): number => fs.statSync(`${file}-wal`).size;
    let row = 0;
    // A log that began anew is written over, and so one row does not lengthen it.
    for (let before = -1; before < length(); ) {
      before = length();
      await turn(db, row++);
      if (row > 100) await sleep(5);
      // SQLite itself would take it after some 10,000.
      if (row > 2_000) throw new Error('The log only grows.');
    }
    expect(fs.statSync(file).size).toBeGreaterThan(200_000);
    expect(db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: row });
    await db.close();
  });

  it('is left to SQLite where there is no room for a thread', async () => {
    const db = await openKept({ checkpointRows: 1, small: true });
    expect(db.prepare('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 8000 });
    const begun = vi.spyOn(Worker.prototype, 'postMessage');
    for (let row = 0; row < 5; row++) await turn(db, row);
    expect(begun).not.toHaveBeenCalled();
    begun.mockRestore();
    await db.close();
  });

  it('stays, and costs nobody the answer, when a checkpoint fails', async () => {
    const db = await openKept({ checkpointRows: 1 });
    const exec = vi.spyOn(db.sql, 'exec').mockImplementation(() => {
      throw new Error('database or disk is full');
    });
    for (let row = 0; exec.mock.calls.length < 2; row++) {
      await db.write(() => db.prepare('INSERT INTO kept VALUES (?, ?)').run(row, 'x'), {
        refusesFirst: true,
      });
      await sleep(2);
    }
    exec.mockRestore();
    await db.close();
  });

  it('goes into the file whole when the writer folds it while a checkpoint runs', async () => {
    const file = join(folder, 'data.sqlite');
    const db = await openKept({ checkpointRows: 1 });
    await turn(db, 1);
    await db.fold();
    expect(fs.statSync(`${file}-wal`).size).toBe(0);
    await db.close();
  });

  it('has what is written while the thread ends', async () => {
    const file = join(folder, 'data.sqlite');
    const db = await openKept({ checkpointRows: 1 });
    await turn(db, 0);
    const terminate = vi.spyOn(Worker.prototype, 'terminate');
    let late: Promise<unknown> | undefined;
    terminate.mockImplementationOnce(async function (this: Worker) {
      const code = await this.terminate();
      late = turn(db, 1);
      return code;
    });
    await db.close().finally(() => terminate.mockRestore());
    await late;
    const again = openDatabase(file);
    expect(again.prepare('SELECT n FROM kept').all()).toEqual([{ n: 0 }, { n: 1 }]);
    await again.close();
  });

  it('keeps every answered row when the process is killed amid checkpoints', async () => {
    const file = join(folder, 'data.sqlite');
    const script = `
      import { openDatabase } from ${JSON.stringify(fileURLToPath(new URL('./database.ts', import.meta.url)))};
      const db = openDatabase(${JSON.stringify(file)}, { checkpointRows: 5 });
      await db.write(() => db.sql.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, text TEXT)'));
      for (let n = 1; ; n++) {
        await db.write(() => db.prepare('INSERT INTO kept VALUES (?, ?)').run(n, 'x'.repeat(20_000)));
        console.log(n);
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let said = '';
    for await (const text of child.stdout) {
      said += text;
      if (said.endsWith('\n') && said.split('\n').length > 100) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const db = openDatabase(file);
    const answered = Number(said.trimEnd().split('\n').at(-1));
    const { n, last } = db.prepare('SELECT count(*) AS n, max(n) AS last FROM kept').get() as never;
    expect(n).toBe(last);
    expect(n).toBeGreaterThanOrEqual(answered);
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    await db.close();
  });
});
