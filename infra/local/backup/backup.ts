import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import release from '../../../package.json' with { type: 'json' };
import { makeFolder } from '../make-folder.ts';

/** What stands beside a backup. */
export interface Backup {
  client: string;
  /** ISO, by the clock of the world. */
  at: string;
  release: string;
  sha256: string;
}

/** It cannot be done as asked; the message says what to do. */
class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

export const worldFile = (folder: string): string => join(folder, 'world.sqlite');
const noteFile = (folder: string): string => join(folder, 'backup.json');
const tokenFile = (folder: string): string => join(folder, 'admin-token');

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const keptIn = (sql: DatabaseSync, name: string): string | undefined =>
  sql.prepare('SELECT value FROM world WHERE name = ?').get(name)?.value as string | undefined;

/** As one reader sees it at one moment, also while a world is running on it. */
export const backUp = (data: string, to: string): Backup => {
  if (!existsSync(worldFile(data)))
    throw new BackupRefused(`There is no world in ${data}. Name its folder with --data.`);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new BackupRefused(`${to} is not empty. A backup gets a folder of its own.`);
  makeFolder(to);
  const sql = new DatabaseSync(worldFile(data), { timeout: 10_000 });
  try {
    const stood = keptIn(sql, 'clock');
    const at = new Date(stood === undefined ? Date.now() : Number(stood)).toISOString();
    sql.prepare('VACUUM INTO ?').run(worldFile(to));
    chmodSync(worldFile(to), 0o600);
    const client = keptIn(sql, 'client') ?? '';
    const note = { client, at, release: release.version, sha256: hashOf(worldFile(to)) };
    if (existsSync(tokenFile(data))) copyFileSync(tokenFile(data), tokenFile(to));
    // Last: without it the backup is not whole.
    writeFileSync(noteFile(to), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
    return note;
  } finally {
    sql.close();
  }
};

/** Throws where it is not whole, or not what was written. */
const readBackup = (folder: string): Backup => {
  if (!existsSync(noteFile(folder)))
    throw new BackupRefused(`${folder} is no whole backup: there is no backup.json in it.`);
  const note = JSON.parse(readFileSync(noteFile(folder), 'utf8')) as Backup;
  if (hashOf(worldFile(folder)) !== note.sha256)
    throw new BackupRefused(
      `${worldFile(folder)} is not what was backed up: its checksum differs. Take another one.`,
    );
  return note;
};

/** A world in a new folder, as it was then. */
export const putBack = (folder: string, data: string): Backup => {
  const note = readBackup(folder);
  if (existsSync(worldFile(data)))
    throw new BackupRefused(
      `There is a world in ${data} already. Restore into a new folder; --lost names the old one.`,
    );
  makeFolder(data);
  copyFileSync(worldFile(folder), worldFile(data));
  if (existsSync(tokenFile(folder))) copyFileSync(tokenFile(folder), tokenFile(data));
  return note;
};
