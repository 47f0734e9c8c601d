import type { StatementSync } from 'node:sqlite';
import type { Database } from '../../sqlite/database.ts';
import { sameItem } from '../values/compare.ts';
import type { KeyColumn } from '../values/key-text.ts';
import { expirySecond } from './expiry-second.ts';
import { type IndexChange, indexChanges } from './index-changes.ts';
import { ItemCache } from './item-cache.ts';
import type { Place } from './keys.ts';
import type { TableSchema } from './schema.ts';
import { sqlNames } from './storage.ts';
import { StoredItem } from './stored-item.ts';
import { StreamRows } from './stream-rows.ts';

/** One item's write, decided but not yet done; nothing before and after when what was to be deleted was not there. */
export interface Change {
  table: Table;
  place: Place;
  before: StoredItem | undefined;
  after: StoredItem | undefined;
  indexes: readonly IndexChange[];
}

/** The items of one table. Everything here is synchronous and belongs into `Database.read` or `.write`. */
export class Table {
  schema: TableSchema;
  readonly stream: StreamRows;
  readonly #db: Database;
  readonly #cache: ItemCache;
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: Database, schema: TableSchema) {
    this.schema = schema;
    this.#db = db;
    this.#cache = new ItemCache(db);
    this.stream = new StreamRows(db, schema.id);
    const { items } = sqlNames(schema.id);
    this.#select = db.sql.prepare(`SELECT item, size FROM ${items} WHERE pk = ? AND sk = ?`);
    this.#upsert = db.sql.prepare(
      `INSERT INTO ${items} VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET item = excluded.item, size = excluded.size`,
    );
    this.#delete = db.sql.prepare(`DELETE FROM ${items} WHERE pk = ? AND sk = ?`);
  }

  get(place: Place): StoredItem | undefined {
    return this.#cache.get(place, () => {
      const row = this.#select.get(place.pk, place.sk);
      return row && new StoredItem(row.item as string, row.size as number);
    });
  }

  change(place: Place, before: StoredItem | undefined, after: StoredItem | undefined): Change {
    return { table: this, place, before, after, indexes: indexChanges(this.schema.indexes, before, after) };
  }

  /** True when the stream has a new record. */
  apply({ place, before, after, indexes }: Change, now: number, byService = false): boolean {
    if (!before && !after) return false;
    if (after) this.#upsert.run(place.pk, place.sk, after.text, after.size);
    else this.#delete.run(place.pk, place.sk);
    this.#cache.written(place, after);
    for (const change of indexes) this.#applyToIndex(change, place);
    if (this.schema.expiry !== undefined) this.#applyToExpiry(this.schema.expiry, place, before, after);
    return this.schema.stream !== undefined && this.#record(before, after, now, byService);
  }

  #applyToIndex({ position, remove, insert }: IndexChange, { pk, sk }: Place): void {
    const name = sqlNames(this.schema.id).index(position);
    const bind = (entry: Place): KeyColumn[] => [entry.pk, entry.sk, pk, sk];
    if (remove)
      this.#db
        .prepare(`DELETE FROM ${name} WHERE hash = ? AND range = ? AND pk = ? AND sk = ?`)
        .run(...bind(remove));
    if (insert) this.#db.prepare(`INSERT INTO ${name} VALUES (?, ?, ?, ?)`).run(...bind(insert));
  }

  #applyToExpiry(
    name: string,
    { pk, sk }: Place,
    before: StoredItem | undefined,
    after: StoredItem | undefined,
  ): void {
    const { expiry } = sqlNames(this.schema.id);
    const old = before && expirySecond(before.item, name);
    const now = after && expirySecond(after.item, name);
    if (old === now) return;
    if (old !== undefined)
      this.#db.prepare(`DELETE FROM ${expiry} WHERE second = ? AND pk = ? AND sk = ?`).run(old, pk, sk);
    if (now !== undefined) this.#db.prepare(`INSERT INTO ${expiry} VALUES (?, ?, ?)`).run(now, pk, sk);
  }

  /** A write that leaves the item as it was makes no record. */
  #record(
    before: StoredItem | undefined,
    after: StoredItem | undefined,
    now: number,
    byService: boolean,
  ): boolean {
    if (before && after && (before.text === after.text || sameItem(before.item, after.item))) return false;
    this.stream.add(before, after, now, byService);
    return true;
  }
}
