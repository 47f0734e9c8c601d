import type { Database } from '../sqlite/database.ts';
import type { Cancel, WorldClock } from '../time/clock.ts';
import type { StatusChange } from './status-change.ts';

/** Hears status changes at least once; a rejection brings the event again later. */
export type Subscriber = (event: StatusChange) => Promise<void> | void;

const atOnce = 64;
const day = 86_400_000;
const longestPause = 3_600_000;

/** EventBridge tries for a day, ever more slowly. */
const pauseAfter = (attempts: number): number => Math.min(1000 * 2 ** attempts, longestPause);

interface Row {
  event: string;
  attempts: number;
}

interface Needs {
  db: Database;
  clock: WorldClock;
  subscriber: Subscriber;
  /** Called whenever a delivery has ended. */
  settled(): void;
  /** Called when the database failed. */
  fault(cause: unknown): void;
}

/** Keeps events until the subscriber has taken them, over restarts too. */
export const createOutbox = ({ db, clock, subscriber, settled, fault }: Needs) => {
  const ready: number[] = [];
  const timers = new Set<Cancel>();
  let delivering = 0;
  let closed = false;

  const push = (id: number): void => {
    ready.push(id);
    pump();
  };
  const pump = (): void => {
    while (!closed && delivering < atOnce && ready.length > 0) {
      delivering++;
      void deliver(ready.shift() as number)
        .catch(fault)
        .finally(() => {
          delivering--;
          pump();
          settled();
        });
    }
  };
  const deliver = async (id: number): Promise<void> => {
    const row = db.prepare<Row>('SELECT event, attempts FROM sfn_outbox WHERE id = ?').get(id)!;
    try {
      await subscriber(JSON.parse(row.event));
    } catch {
      return later(id, row);
    }
    if (!closed) await db.write(() => db.prepare('DELETE FROM sfn_outbox WHERE id = ?').run(id));
  };
  const later = async (id: number, { event, attempts }: Row): Promise<void> => {
    if (closed) return;
    const due = clock.now() + pauseAfter(attempts);
    const expired = due - Date.parse((JSON.parse(event) as StatusChange).time) > day;
    await db.write(() =>
      expired
        ? db.prepare('DELETE FROM sfn_outbox WHERE id = ?').run(id)
        : db.prepare('UPDATE sfn_outbox SET attempts = ?, due = ? WHERE id = ?').run(attempts + 1, due, id),
    );
    if (!expired) wakeAt(id, due);
  };
  const wakeAt = (id: number, due: number): void => {
    const cancel = clock.at(due, `stepfunctions-outbox-${id}`, () => {
      timers.delete(cancel);
      push(id);
    });
    timers.add(cancel);
  };

  return {
    /** To be called within a write; the event leaves after its commit. */
    add(event: StatusChange): void {
      const insert = db.prepare('INSERT INTO sfn_outbox (event, due, attempts) VALUES (?, ?, 0)');
      const id = Number(insert.run(JSON.stringify(event), clock.now()).lastInsertRowid);
      db.afterCommit(() => push(id));
    },
    resume(): void {
      const rows = db.prepare('SELECT id, due FROM sfn_outbox ORDER BY id').all();
      for (const { id, due } of rows as { id: number; due: number }[]) {
        if (due <= clock.now()) push(id);
        else wakeAt(id, due);
      }
    },
    isIdle: () => delivering === 0 && (closed || ready.length === 0),
    close(): void {
      closed = true;
      for (const cancel of timers) cancel();
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
