import { hasSmallHeap } from '../../small-heap.ts';
import type { Database } from '../../sqlite/database.ts';
import type { Place } from './keys.ts';
import type { StoredItem } from './stored-item.ts';

const mostItems = hasSmallHeap() ? 2_000 : 4_000;
/** Large items would fill the memory and are rarely read twice. */
const largestSize = 8 * 1024;

/**
 * Committed items that were touched last, with what was parsed of them. What the open transaction
 * writes is not in it until the commit: a write that is undone must leave no trace.
 */
export class ItemCache {
  readonly #db: Database;
  readonly #items = new Map<string, StoredItem>();
  readonly #uncommitted = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
    db.onCommit(() => this.#uncommitted.clear());
    db.onRollback(() => this.#uncommitted.clear());
  }

  /** @param load reads the database */
  get(place: Place, load: () => StoredItem | undefined): StoredItem | undefined {
    const key = keyOf(place);
    if (key === undefined) return load();
    const known = this.#items.get(key);
    if (known) return known;
    const found = load();
    if (found && !this.#uncommitted.has(key)) this.#keep(key, found);
    return found;
  }

  written(place: Place, after: StoredItem | undefined): void {
    const key = keyOf(place);
    if (key === undefined) return;
    this.#items.delete(key);
    this.#uncommitted.add(key);
    if (after) this.#db.afterCommit(() => this.#keep(key, after));
    else this.#db.afterCommit(() => this.#items.delete(key));
  }

  #keep(key: string, item: StoredItem): void {
    if (item.size > largestSize) this.#items.delete(key);
    else this.#items.set(key, item);
    if (this.#items.size > mostItems) this.#items.delete(this.#items.keys().next().value!);
  }
}

/** Undefined for keys of bytes and numbers, which are few. The length keeps the two parts apart. */
const keyOf = ({ pk, sk }: Place): string | undefined =>
  typeof pk === 'string' && typeof sk === 'string' ? `${pk.length} ${pk}${sk}` : undefined;
