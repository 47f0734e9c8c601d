import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import type { Catalogue } from './tables/catalogue.ts';
import { expirySecond } from './tables/expiry-second.ts';
import { placeOf } from './tables/keys.ts';
import { rows } from './tables/rows.ts';
import { sqlNames } from './tables/storage.ts';
import type { Change, Table } from './tables/table.ts';
import type { KeyColumn } from './values/key-text.ts';

/** The service lets items alone whose end is more than five years past: those are mistakes. */
const oldestSeconds = 5 * 365 * 24 * 60 * 60;
const batch = 100;

interface Due {
  second: number;
  pk: KeyColumn;
  sk: KeyColumn;
}

/** Deletes items at their end, by the world's clock. The service may take days; nobody may rely on either. */
export class Expiry {
  readonly #db: Database;
  readonly #clock: Pick<WorldClock, 'now' | 'at'>;
  readonly #catalogue: Catalogue;
  readonly #remove: (changes: readonly Change[]) => void;
  #next: { second: number; cancel: () => void } | undefined;
  #isStopped = false;

  constructor(
    db: Database,
    clock: Pick<WorldClock, 'now' | 'at'>,
    catalogue: Catalogue,
    remove: (changes: readonly Change[]) => void,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#catalogue = catalogue;
    this.#remove = remove;
    this.schedule();
  }

  /** After a write of an item that may end before all others. */
  expect(second: number): void {
    if (!this.#next || second < this.#next.second) this.#wakeAt(second);
  }

  /** After the table's attribute changed. */
  rebuild(table: Table): void {
    const { id, expiry } = table.schema;
    const name = sqlNames(id).expiry;
    this.#db.prepare(`DELETE FROM ${name}`).run();
    const all = { index: undefined, hash: undefined, low: undefined, high: undefined, after: undefined };
    if (expiry !== undefined)
      for (const { item } of rows(this.#db, table, { ...all, forward: true })) {
        const second = expirySecond(item, expiry);
        const { pk, sk } = placeOf(table.schema, item);
        if (second !== undefined)
          this.#db.prepare(`INSERT INTO ${name} VALUES (?, ?, ?)`).run(second, pk, sk);
      }
    this.schedule();
  }

  schedule(): void {
    // A removal under way may end after the database was closed.
    if (this.#isStopped) return;
    const seconds = this.#tables().flatMap((table) => this.#due(table, 1).map(({ second }) => second));
    this.#cancel();
    if (seconds.length > 0) this.#wakeAt(Math.min(...seconds));
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #cancel(): void {
    this.#next?.cancel();
    this.#next = undefined;
  }

  #wakeAt(second: number): void {
    this.#next?.cancel();
    const cancel = this.#clock.at(second * 1000, 'dynamodb expiry', () => this.#wake());
    this.#next = { second, cancel };
  }

  #wake(): void {
    this.#next = undefined;
    const removal = this.#db.write(
      () => {
        const now = this.#clock.now() / 1000;
        for (const table of this.#tables()) this.#removeDue(table, now);
      },
      { refusesFirst: true },
    );
    // A group that is lost keeps its items; they are due again.
    removal.catch(() => {}).then(() => this.schedule());
  }

  #removeDue(table: Table, now: number): void {
    const due = this.#due(table, batch).filter(({ second }) => second <= now);
    this.#remove(due.map((place) => table.change(place, table.get(place), undefined)));
  }

  #tables(): readonly Table[] {
    return this.#catalogue.all().filter(({ schema }) => schema.expiry !== undefined);
  }

  #due({ schema }: Table, limit: number): Due[] {
    const oldest = Math.floor(this.#clock.now() / 1000) - oldestSeconds;
    return this.#db
      .prepare<Due>(
        `SELECT second, pk, sk FROM ${sqlNames(schema.id).expiry} WHERE second > ? ORDER BY second LIMIT ?`,
      )
      .all(oldest, limit);
  }
}
