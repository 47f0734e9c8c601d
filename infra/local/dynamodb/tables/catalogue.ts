import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Database } from '../../sqlite/database.ts';
import { notFound } from '../errors.ts';
import { type TableRecord, toSchema } from './schema.ts';
import { createStorage, dropStorage } from './storage.ts';
import { Table } from './table.ts';

/** The tables that exist. */
export class Catalogue {
  readonly #db: Database;
  readonly #arnPrefix: string;
  #tables = new Map<string, Table>();

  constructor(db: Database, arnPrefix: string) {
    this.#db = db;
    this.#arnPrefix = arnPrefix;
    db.sql.exec(`CREATE TABLE IF NOT EXISTS dynamodb_tables
      (id INTEGER PRIMARY KEY AUTOINCREMENT, definition TEXT, created_at INTEGER, expiry TEXT)`);
    this.#load();
    // What was created or deleted in a lost transaction is as it was before.
    db.onRollback(() => this.#load());
  }

  /** @throws ResourceNotFoundException */
  get(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw notFound();
    return table;
  }
  find(name: string): Table | undefined {
    return this.#tables.get(name);
  }
  all(): readonly Table[] {
    return [...this.#tables.values()];
  }

  create(definition: CreateTableCommandInput, createdAt: number): Table {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO dynamodb_tables (definition, created_at) VALUES (?, ?)')
      .run(JSON.stringify(definition), createdAt);
    const record = { id: Number(lastInsertRowid), definition, createdAt, expiry: undefined };
    createStorage(this.#db, toSchema(record, this.#arnPrefix));
    return this.#add(record);
  }

  delete({ schema }: Table): void {
    this.#db.prepare('DELETE FROM dynamodb_tables WHERE id = ?').run(schema.id);
    dropStorage(this.#db, schema);
    this.#tables.delete(schema.name);
  }

  setExpiry(table: Table, attribute: string | undefined): void {
    this.#db
      .prepare('UPDATE dynamodb_tables SET expiry = ? WHERE id = ?')
      .run(attribute ?? null, table.schema.id);
    table.schema = { ...table.schema, expiry: attribute };
  }

  #add(record: TableRecord): Table {
    const table = new Table(this.#db, toSchema(record, this.#arnPrefix));
    this.#tables.set(table.schema.name, table);
    return table;
  }

  #load(): void {
    this.#tables = new Map();
    for (const row of this.#db.sql.prepare('SELECT * FROM dynamodb_tables').all())
      this.#add({
        id: row.id as number,
        definition: JSON.parse(row.definition as string) as CreateTableCommandInput,
        createdAt: row.created_at as number,
        expiry: (row.expiry as string | null) ?? undefined,
      });
  }
}
