import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
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
  /** Is handed an event of its own. */
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  quarantine: Quarantine;
  /** Every event is handed over twice, as "at least once" allows. */
  twice?: boolean;
}

/** Lambda tries an asynchronous invocation twice more: after one minute, then after two. */
const pausesMs = [60_000, 120_000];
const atOnce = 64;

/** What waits is read again when its turn comes: ten thousand events would fill the memory. */
const mostInMemory = 1_000;

interface Row {
  seq: number;
  function: string;
  /** Absent where it is only in the database. */
  event?: string | undefined;
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
  const remove = db.prepare('DELETE FROM delivery WHERE seq IN (SELECT value FROM json_each(?))');
  const postpone = db.prepare('UPDATE delivery SET attempts = ?, due = ? WHERE seq = ?');
  const load = db.prepare<Row>('SELECT seq, function, attempts, due FROM delivery ORDER BY seq');
  const read = db.prepare('SELECT event FROM delivery WHERE seq = ?');
  const eventOf = ({ seq, event }: Row): unknown => JSON.parse(event ?? (read.get(seq)!.event as string));

  /** Were taken, and leave the database with the next group; handed over again after an end before that. */
  let taken: number[] = [];
  const removeTaken = (): void => {
    remove.run(JSON.stringify(taken));
    taken = [];
  };
  const leaveAlong = (): void => db.along('deliveries', removeTaken);
  // The group that should have told when was lost.
  db.onRollback(() => taken.length > 0 && leaveAlong());

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
      await options.invoke(row.function, eventOf(row));
      if (options.twice) await options.invoke(row.function, eventOf(row));
    } catch (error) {
      return again(row, error);
    }
    if (stopped) return;
    if (taken.push(row.seq) === 1) db.afterCommit(leaveAlong);
  };
  const again = async (row: Row, error: unknown): Promise<void> => {
    const pause = pausesMs[row.attempts];
    if (stopped) return;
    if (pause === undefined) {
      await db.write(() => {
        quarantine.add(row.function, error, eventOf(row));
        remove.run(JSON.stringify([row.seq]));
      });
      return;
    }
    const later = { ...row, event: undefined, attempts: row.attempts + 1, due: clock.now() + pause };
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
      const row = { seq, function: functionName, attempts: 0, due };
      db.afterCommit(() => schedule(ready.length < mostInMemory ? { ...row, event: text } : row));
    },
    start() {
      for (const row of load.all()) schedule(row);
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
