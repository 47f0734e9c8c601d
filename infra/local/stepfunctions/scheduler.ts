import type { Cancel, WorldClock } from '../time/clock.ts';
import type { Drive, Handle } from './driver.ts';
import type { ExecutionStore } from './store/executions.ts';

interface Needs {
  clock: WorldClock;
  executions: ExecutionStore;
  /** How many executions move at once, which bounds the calls in flight. */
  atOnce: number;
  /** Called whenever an execution came to rest. */
  settled(): void;
  fault(cause: unknown): void;
}

/** Decides whose turn it is: a queue of executions that can go on, and one timer for all that wait. */
export const createScheduler = ({ clock, executions, atOnce, settled, fault }: Needs, drive: Drive) => {
  let ready: number[] = [];
  let taken = 0;
  const queued = new Set<number>();
  const moving = new Map<number, Handle>();
  let timer: { due: number; cancel: Cancel } | undefined;
  let closed = false;

  const next = (): number | undefined => {
    const id = ready[taken];
    if (id === undefined) return undefined;
    queued.delete(id);
    if (++taken > 1024 && taken > ready.length / 2) {
      ready = ready.slice(taken);
      taken = 0;
    }
    return id;
  };
  const pump = (): void => {
    while (!closed && moving.size < atOnce) {
      const id = next();
      if (id === undefined) return;
      void move(id);
    }
  };
  const move = async (id: number): Promise<void> => {
    const handle: Handle = { woken: false };
    moving.set(id, handle);
    await drive(id, handle).catch((cause) => {
      if (!closed) fault(cause);
    });
    moving.delete(id);
    if (handle.woken) wake(id);
    pump();
    settled();
  };
  /** The execution has something to do, or was changed: it is looked at again as soon as possible. */
  const wake = (id: number): void => {
    const handle = moving.get(id);
    if (handle) {
      handle.woken = true;
      handle.interrupt?.();
    } else if (!queued.has(id)) {
      queued.add(id);
      ready.push(id);
      pump();
    }
  };
  const wakeAt = (due: number): void => {
    // Whoever committed a time that has come already looks at it next.
    if (closed || due <= clock.now() || (timer && timer.due <= due)) return;
    timer?.cancel();
    timer = { due, cancel: clock.at(due, 'stepfunctions', ring) };
  };
  const ring = (): void => {
    timer = undefined;
    const now = clock.now();
    for (const id of executions.due(now)) wake(id);
    const due = executions.nextDue(now);
    if (due !== null) wakeAt(due);
  };

  return {
    wake,
    wakeAt,
    /** Takes up everything that can go on, as after a restart. */
    resume(): void {
      for (const id of executions.runnable(clock.now())) wake(id);
      ring();
    },
    isIdle: () => moving.size === 0 && (closed || queued.size === 0),
    close(): void {
      closed = true;
      timer?.cancel();
    },
  };
};

export type Scheduler = ReturnType<typeof createScheduler>;
