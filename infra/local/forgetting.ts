import type { Dynamo } from './dynamodb/engine.ts';
import type { StreamReader } from './lambda/stream-reader.ts';
import type { Database } from './sqlite/database.ts';

export interface Forgetting {
  /** Somebody was erased: what is kept only for delivery is removed as soon as it was delivered. */
  soon(): void;
  /** Resolves when nothing is to be forgotten, or it waits for a reader. */
  idle(): Promise<void>;
  stop(): void;
}

export interface ForgettingOptions {
  db: Database;
  dynamo: Pick<Dynamo, 'forgetStream' | 'newestSequence'>;
  table: string;
  readers: readonly StreamReader[];
  /** Was this contact erased? */
  isErased: (contact: string) => Promise<boolean>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const againMs = 1_000;
const mostTries = 60;

const contactIds = /(?<![0-9a-z])[0-9a-z]{20}(?![0-9a-z])/g;

/**
 * A stream keeps what it carried for a day, and a queue what nobody took. On AWS both end by themselves; one
 * machine forgets at once.
 */
export const createForgetting = (options: ForgettingOptions): Forgetting => {
  const { db, dynamo, table, readers } = options;
  let tries = 0;
  /** Of the stream: what was written before it was asked for. */
  let mark = '';
  let later: NodeJS.Timeout | undefined;
  let work: Promise<void> | undefined;
  let stopped = false;

  const forget = async (): Promise<void> => {
    for (const reader of readers) await reader.settle();
    // Positions are saved a turn after the last record.
    await turn();
    if (stopped) return;
    await db.write(() => {});
    const position = readPosition(db, readers.length);
    await db.write(() => dynamo.forgetStream(table, position));
    await forgetParked(options);
    if (stopped) return;
    await db.fold();
    if (position < mark && !stopped && tries-- > 0) later = setTimeout(start, againMs).unref();
  };
  const start = (): void => {
    clearTimeout(later);
    if (stopped) return;
    // What fails is tried again with the next erasure, or when the sweep looks over this one.
    work ??= forget()
      .catch(() => {})
      .finally(() => {
        work = undefined;
      });
  };
  return {
    soon() {
      tries = mostTries;
      mark = dynamo.newestSequence(table);
      start();
    },
    idle: () => work ?? Promise.resolve(),
    stop() {
      stopped = true;
      clearTimeout(later);
    },
  };
};

/** Up to here every reader has come, as it will know after a crash, too; '' while one has not begun. */
const readPosition = (db: Database, readers: number): string => {
  const row = db.prepare('SELECT min(sequence) AS first, count(*) AS n FROM stream_position').get();
  return Number(row?.n) < readers ? '' : String(row?.first);
};

const forgetParked = async ({ db, isErased }: ForgettingOptions): Promise<void> => {
  const rows = db.prepare<{ seq: number; event: string }>('SELECT seq, event FROM quarantine').all();
  for (const { seq, event } of rows)
    if (await namesErased(event, isErased))
      await db.write(() => db.prepare('DELETE FROM quarantine WHERE seq = ?').run(seq));
};

const namesErased = async (text: string, isErased: ForgettingOptions['isErased']): Promise<boolean> => {
  for (const id of new Set(text.match(contactIds))) if (await isErased(id)) return true;
  return false;
};
