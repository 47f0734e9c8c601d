import type { Database } from '../../sqlite/database.ts';
import { fromText } from '../values/stored.ts';
import type { Item } from '../values/value.ts';
import { sqlNames } from './storage.ts';

/** One change of one item, as the stream keeps it. Sequences rise by commit and are never used twice. */
export class StreamRow {
  readonly sequence: number;
  readonly at: number;
  readonly byService: boolean;
  readonly #old: string | null;
  readonly #new: string | null;
  #before: Item | undefined;
  #after: Item | undefined;

  constructor({ seq, at, by_service, old, new: now }: Record<string, unknown>) {
    this.sequence = seq as number;
    this.at = at as number;
    this.byService = by_service === 1;
    this.#old = old as string | null;
    this.#new = now as string | null;
  }

  get eventName(): 'INSERT' | 'MODIFY' | 'REMOVE' {
    return this.#old === null ? 'INSERT' : this.#new === null ? 'REMOVE' : 'MODIFY';
  }
  // Parsed when asked for: most readers want few of the records.
  get before(): Item | undefined {
    if (this.#old !== null) this.#before ??= fromText(this.#old);
    return this.#before;
  }
  get after(): Item | undefined {
    if (this.#new !== null) this.#after ??= fromText(this.#new);
    return this.#after;
  }
}

const retentionMs = 24 * 60 * 60 * 1000;

/** Records behind `after` that are not older than the retention, oldest first. */
export const readRows = (
  db: Database,
  tableId: number,
  after: number,
  limit: number,
  now: number,
): StreamRow[] =>
  db
    .prepare(
      `SELECT seq, at, by_service, old, new FROM ${sqlNames(tableId).stream}
       WHERE seq > ? AND at > ? ORDER BY seq LIMIT ?`,
    )
    .all(after, now - retentionMs, limit)
    .map((row) => new StreamRow(row));

/** The sequences of the oldest record that can still be read and of the newest; 0 when there is none. */
export const streamEnds = (
  db: Database,
  tableId: number,
  now: number,
): { oldest: number; newest: number } => {
  const { stream } = sqlNames(tableId);
  const newest = db.prepare(`SELECT max(seq) AS seq FROM ${stream}`).get()?.seq ?? 0;
  const oldest = db
    .prepare(`SELECT seq FROM ${stream} WHERE at > ? ORDER BY seq LIMIT 1`)
    .get(now - retentionMs)?.seq;
  return { oldest: (oldest ?? 0) as number, newest: newest as number };
};

/** The newest record always stays: its sequence tells where to count on. */
export const trimStream = (db: Database, tableId: number, now: number): void => {
  const { oldest, newest } = streamEnds(db, tableId, now);
  db.prepare(`DELETE FROM ${sqlNames(tableId).stream} WHERE seq < ?`).run(oldest === 0 ? newest : oldest);
};
