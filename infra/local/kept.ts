import type { Database } from './sqlite/database.ts';

/** The few facts that a world keeps about itself. */
export interface Kept {
  get(name: string): string | undefined;
  set(name: string, value: string): Promise<void>;
  /** Becomes durable with whatever is written next. */
  note(name: string, value: string): void;
}

export const createKept = (db: Database): Kept => {
  db.sql.exec('CREATE TABLE IF NOT EXISTS world (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const select = db.prepare('SELECT value FROM world WHERE name = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO world VALUES (?, ?)');
  return {
    get: (name) => select.get(name)?.value as string | undefined,
    set: async (name, value) => {
      await db.write(() => upsert.run(name, value));
    },
    note: (name, value) => db.along(name, () => void upsert.run(name, value)),
  };
};
