import { hasSmallHeap } from '../../small-heap.ts';
import type { Database } from '../../sqlite/database.ts';
import { itemSize } from '../values/size.ts';
import { fromText } from '../values/stored.ts';
import type { Item } from '../values/value.ts';
import { sqlNames } from './storage.ts';
import { StoredItem } from './stored-item.ts';

/** One change of one item, as the stream keeps it. Sequences rise by commit and are never used twice. */
export interface StreamRow {
  readonly sequence: number;
  readonly at: number;
  readonly byService: boolean;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Of both, in the service's bytes. */
  readonly sizes: { readonly before: number; readonly after: number };
  /** As it goes to another thread, which parses it. */
  plain(): PlainRow;
}

/** Data only, its items as they are stored. */
export interface PlainRow extends Pick<StreamRow, 'sequence' | 'at' | 'byService'> {
  before?: Pick<StoredItem, 'text' | 'size'>;
  after?: Pick<StoredItem, 'text' | 'size'>;
}

/** Parsed when it is looked at: most readers want few of the records. */
type Image = Pick<StoredItem, 'text' | 'item' | 'size'> | undefined;

class Row implements StreamRow {
  readonly sequence: number;
  readonly at: number;
  readonly byService: boolean;
  readonly #before: Image;
  readonly #after: Image;

  constructor(
    { sequence, at, byService }: Pick<StreamRow, 'sequence' | 'at' | 'byService'>,
    before: Image,
    after: Image,
  ) {
    this.sequence = sequence;
    this.at = at;
    this.byService = byService;
    this.#before = before;
    this.#after = after;
  }

  get eventName(): StreamRow['eventName'] {
    return this.#before === undefined ? 'INSERT' : this.#after === undefined ? 'REMOVE' : 'MODIFY';
  }
  get before(): Item | undefined {
    return this.#before?.item;
  }
  get after(): Item | undefined {
    return this.#after?.item;
  }
  get sizes(): StreamRow['sizes'] {
    return { before: this.#before?.size ?? 0, after: this.#after?.size ?? 0 };
  }
  plain(): PlainRow {
    const { sequence, at, byService } = this;
    return {
      ...{ sequence, at, byService },
      ...(this.#before && { before: textOf(this.#before) }),
      ...(this.#after && { after: textOf(this.#after) }),
    };
  }
}

const textOf = ({ text, size }: NonNullable<Image>): PlainRow['before'] & {} => ({ text, size });

const storedOf = (image: PlainRow['before']): Image => image && new StoredItem(image.text, image.size);

export const rowFrom = (row: PlainRow): StreamRow => new Row(row, storedOf(row.before), storedOf(row.after));

class StoredImage {
  readonly text: string;
  #item: Item | undefined;
  constructor(text: string) {
    this.text = text;
  }
  get item(): Item {
    this.#item ??= fromText(this.text);
    return this.#item;
  }
  get size(): number {
    return itemSize(this.item);
  }
}

const imageOf = (text: unknown): Image => (text === null ? undefined : new StoredImage(text as string));

const rowOf = ({ seq, at, by_service, old, new: now }: Record<string, unknown>): StreamRow =>
  new Row(
    { sequence: seq as number, at: at as number, byService: by_service === 1 },
    imageOf(old),
    imageOf(now),
  );

const retentionMs = 24 * 60 * 60 * 1000;
/** Functions that keep up find what they read next here, parsed already. */
const mostRemembered = hasSmallHeap() ? 1_000 : 2_000;

/** The stream of one table. Everything here is synchronous and belongs into `Database.read` or `.write`. */
export class StreamRows {
  readonly #db: Database;
  readonly #name: string;
  /** The newest committed rows, without a gap. */
  #remembered: StreamRow[] = [];

  constructor(db: Database, tableId: number) {
    this.#db = db;
    this.#name = sqlNames(tableId).stream;
  }

  add(before: StoredItem | undefined, after: StoredItem | undefined, at: number, byService: boolean): void {
    const { lastInsertRowid } = this.#db
      .prepare(`INSERT INTO ${this.#name} (at, by_service, old, new) VALUES (?, ?, ?, ?)`)
      .run(at, byService ? 1 : 0, before?.text ?? null, after?.text ?? null);
    const row = new Row({ sequence: Number(lastInsertRowid), at, byService }, before, after);
    this.#db.afterCommit(() => this.#remember(row));
  }

  /** Records behind `after` that are not older than the retention, oldest first. */
  read(after: number, limit: number, now: number): StreamRow[] {
    const [first] = this.#remembered;
    if (first && after >= first.sequence - 1) return this.#readRemembered(after, limit, now);
    return this.#db
      .prepare(
        `SELECT seq, at, by_service, old, new FROM ${this.#name} WHERE seq > ? AND at > ? ORDER BY seq LIMIT ?`,
      )
      .all(after, now - retentionMs, limit)
      .map(rowOf);
  }

  /** The sequences of the oldest record that can still be read and of the newest; 0 when there is none. */
  ends(now: number): { oldest: number; newest: number } {
    const newest = this.#db.prepare(`SELECT max(seq) AS seq FROM ${this.#name}`).get()?.seq ?? 0;
    const oldest = this.#db
      .prepare(`SELECT seq FROM ${this.#name} WHERE at > ? ORDER BY seq LIMIT 1`)
      .get(now - retentionMs)?.seq;
    return { oldest: (oldest ?? 0) as number, newest: newest as number };
  }

  /** The newest record always stays: its sequence tells where to count on. */
  trim(now: number): void {
    const { oldest, newest } = this.ends(now);
    this.#db.prepare(`DELETE FROM ${this.#name} WHERE seq < ?`).run(oldest === 0 ? newest : oldest);
  }

  /** Removes what everybody has read. The newest record always stays. */
  forget(upTo: number): void {
    const newest = (this.#db.prepare(`SELECT max(seq) AS seq FROM ${this.#name}`).get()?.seq ?? 0) as number;
    this.#db.prepare(`DELETE FROM ${this.#name} WHERE seq <= ? AND seq < ?`).run(upTo, newest);
    this.#remembered = this.#remembered.filter(({ sequence }) => sequence > upTo);
  }

  #remember(row: StreamRow): void {
    this.#remembered.push(row);
    if (this.#remembered.length > 2 * mostRemembered)
      this.#remembered = this.#remembered.slice(-mostRemembered);
  }

  #readRemembered(after: number, limit: number, now: number): StreamRow[] {
    const rows = this.#remembered;
    let start = rows.length;
    while (start > 0 && rows[start - 1]!.sequence > after) start--;
    const found: StreamRow[] = [];
    for (let i = start; i < rows.length && found.length < limit; i++)
      if (rows[i]!.at > now - retentionMs) found.push(rows[i]!);
    return found;
  }
}
