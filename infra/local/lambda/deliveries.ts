import type { WorldClock } from '../clock.ts';
import type { Database } from '../sqlite/database.ts';
import type { Quarantine } from './quarantine.ts';

/** Asynchronous invocations: kept until the function took them, tried again, and parked in the end. */
export interface Deliveries {
  /** Within a write: becomes durable with it. */
  add(functionName: string, event: unknown): void;
  /** Takes up what an earlier process left. */
  start(): void;
  /** Resolves when everything due now was delivered or waits for another try. */
  idle(): Promise<void>;
  stop(): void;
}

export interface DeliveriesOptions {
  db: Database;
  clock: WorldClock;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  quarantine: Quarantine;
  /** Every event is handed over twice, as "at least once" allows. */
  twice?: boolean;
}

/** Lambda tries an asynchronous invocation twice more: after one minute, then after two. */
const pausesMs = [60_000, 120_000];
const atOnce = 64;

interface Row {
  seq: number;
  function: string;
  event: string;
  attempts: number;
  due: number;
}

export const createDeliveries = (options: DeliveriesOptions): Deliveries => {
  const { db, clock, quarantine } = options;
  db.sql.exec(
    'CREATE TABLE IF NOT EXISTS delivery (seq INTEGER PRIMARY KEY, function TEXT NOT NULL, event TEXT NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL)',
  );
  const insert = db.prepare(
    'INSERT INTO delivery (function, event, attempts, due) VALUES (?, ?, 0, ?) RETURNING seq',
  );
  const remove = db.prepare('DELETE FROM delivery WHERE seq = ?');
  const postpone = db.prepare('UPDATE delivery SET attempts = ?, due = ? WHERE seq = ?');
  const load = db.prepare('SELECT * FROM delivery ORDER BY seq');

  const ready: Row[] = [];
  let delivering = 0;
  let stopped = false;
  let waiting: (() => void)[] = [];

  const pump = (): void => {
    while (!stopped && delivering < atOnce && ready.length > 0) {
      delivering++;
      const done = () => {
        delivering--;
        pump();
      };
      deliver(ready.shift()!).then(done, done);
    }
    if (delivering > 0 || (ready.length > 0 && !stopped)) return;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };
  const deliver = async (row: Row): Promise<void> => {
    try {
      const event: unknown = JSON.parse(row.event);
      await options.invoke(row.function, event);
      if (options.twice) await options.invoke(row.function, event);
    } catch (error) {
      return again(row, error);
    }
    if (!stopped) await db.write(() => remove.run(row.seq));
  };
  const again = async (row: Row, error: unknown): Promise<void> => {
    const pause = pausesMs[row.attempts];
    if (stopped) return;
    if (pause === undefined) {
      await db.write(() => {
        quarantine.add(row.function, error, JSON.parse(row.event));
        remove.run(row.seq);
      });
      return;
    }
    const later = { ...row, attempts: row.attempts + 1, due: clock.now() + pause };
    await db.write(() => postpone.run(later.attempts, later.due, row.seq));
    schedule(later);
  };
  const schedule = (row: Row): void => {
    const make = () => {
      ready.push(row);
      pump();
    };
    if (row.due <= clock.now()) make();
    else clock.at(row.due, `delivery-${row.seq}`, make);
  };

  return {
    add(functionName, event) {
      const text = JSON.stringify(event);
      const due = clock.now();
      const seq = insert.get(functionName, text, due)?.seq as number;
      db.afterCommit(() => schedule({ seq, function: functionName, event: text, attempts: 0, due }));
    },
    start() {
      for (const row of load.all() as unknown as Row[]) schedule(row);
    },
    idle: () =>
      delivering === 0 && (ready.length === 0 || stopped)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push(resolve)),
    stop() {
      stopped = true;
      pump();
    },
  };
};
