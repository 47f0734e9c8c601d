import type { Database } from '../../sqlite/database.ts';
import type { TableSchema } from './schema.ts';

/** SQLite's names for one DynamoDB table. */
export const sqlNames = (id: number) => ({
  items: `dynamodb_items_${id}`,
  stream: `dynamodb_stream_${id}`,
  expiry: `dynamodb_expiry_${id}`,
  index: (position: number): string => `dynamodb_index_${id}_${position}`,
});

/** Keys are text or bytes, whose order in SQLite is the service's order; see values/key-text.ts. */
export const createStorage = (
  { sql }: Database,
  { id, indexes }: Pick<TableSchema, 'id' | 'indexes'>,
): void => {
  const names = sqlNames(id);
  sql.exec(`
    CREATE TABLE ${names.items} (pk, sk, item TEXT, size INTEGER, PRIMARY KEY (pk, sk)) WITHOUT ROWID;
    CREATE TABLE ${names.stream} (seq INTEGER PRIMARY KEY, at INTEGER, by_service INTEGER, old TEXT, new TEXT);
    CREATE TABLE ${names.expiry} (second INTEGER, pk, sk, PRIMARY KEY (second, pk, sk)) WITHOUT ROWID;`);
  for (const position of indexes.keys())
    sql.exec(`
      CREATE TABLE ${names.index(position)} (hash, range, pk, sk, PRIMARY KEY (hash, range, pk, sk)) WITHOUT ROWID`);
};

export const dropStorage = (
  { sql }: Database,
  { id, indexes }: Pick<TableSchema, 'id' | 'indexes'>,
): void => {
  const names = sqlNames(id);
  sql.exec(`DROP TABLE ${names.items}; DROP TABLE ${names.stream}; DROP TABLE ${names.expiry}`);
  for (const position of indexes.keys()) sql.exec(`DROP TABLE ${names.index(position)}`);
};
