import type { Clock } from '#kernel/clock';

/** Takes a timer back; harmless when it has fired already. */
export type Cancel = () => void;

/** The clock of a world: tells the time and wakes who asked to be woken. */
export interface WorldClock extends Clock {
  readonly mode: 'real' | 'virtual';
  /**
   * Calls `fire` once, at `dueMs` or as soon as possible after it. Timers of one instant fire in the order
   * of their keys, then in the order they were set; the same key may be used many times.
   */
  at(dueMs: number, key: string, fire: () => void): Cancel;
  /** When the next timer is due, in epoch milliseconds; undefined when none is set. */
  nextDue(): number | undefined;
  /**
   * Virtual clocks only: moves time to `ms`, stopping at each instant at which timers are due. All timers of
   * one instant fire together; `settle` is awaited before the first instant and after each.
   */
  advanceTo(ms: number, settle: () => Promise<void>): Promise<void>;
  /** Drops all timers. */
  stop(): void;
}

interface Timer {
  readonly due: number;
  readonly key: string;
  readonly order: number;
  fire: (() => void) | undefined;
}

const isBefore = (a: Timer, b: Timer): boolean => {
  if (a.due !== b.due) return a.due < b.due;
  return a.key === b.key ? a.order < b.order : a.key < b.key;
};

/** A binary heap; a cancelled timer stays in it until it surfaces or too many of its kind have gathered. */
class TimerHeap {
  #timers: Timer[] = [];
  #cancelled = 0;
  #order = 0;

  add(due: number, key: string, fire: () => void): Cancel {
    const timer: Timer = { due, key, order: this.#order++, fire };
    this.#timers.push(timer);
    this.#rise(this.#timers.length - 1);
    return () => this.#cancel(timer);
  }

  peek(): Timer | undefined {
    while (this.#timers[0] && !this.#timers[0].fire) {
      this.#cancelled--;
      this.#removeFirst();
    }
    return this.#timers[0];
  }

  /** Takes out every timer due at `now` or earlier, in order. */
  take(now: number): (() => void)[] {
    const due: (() => void)[] = [];
    for (let first = this.peek(); first && first.due <= now; first = this.peek()) {
      due.push(() => this.#run(first));
      this.#removeFirst();
    }
    return due;
  }

  clear(): void {
    for (const timer of this.#timers) timer.fire = undefined;
    this.#timers = [];
    this.#cancelled = 0;
  }

  // A timer taken out together with others may still be cancelled by one that fires before it.
  #run(timer: Timer): void {
    const { fire } = timer;
    timer.fire = undefined;
    fire?.();
  }

  #cancel(timer: Timer): void {
    if (!timer.fire) return;
    timer.fire = undefined;
    if (++this.#cancelled > 64 && this.#cancelled > this.#timers.length / 2) this.#compact();
  }

  #compact(): void {
    this.#timers = this.#timers.filter((t) => t.fire).sort((a, b) => (isBefore(a, b) ? -1 : 1));
    this.#cancelled = 0;
  }

  #removeFirst(): void {
    const last = this.#timers.pop();
    if (!last || this.#timers.length === 0) return;
    this.#timers[0] = last;
    this.#sink(0);
  }

  #rise(index: number): void {
    for (let i = index, up = (i - 1) >> 1; i > 0 && isBefore(this.#timers[i]!, this.#timers[up]!); ) {
      this.#swap(i, up);
      i = up;
      up = (i - 1) >> 1;
    }
  }

  #sink(index: number): void {
    for (let i = index; ; ) {
      let first = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.#timers.length && isBefore(this.#timers[child]!, this.#timers[first]!))
          first = child;
      }
      if (first === i) return;
      this.#swap(i, first);
      i = first;
    }
  }

  #swap(a: number, b: number): void {
    const timer = this.#timers[a]!;
    this.#timers[a] = this.#timers[b]!;
    this.#timers[b] = timer;
  }
}

/** A clock that stands still until it is advanced: a month passes in milliseconds, repeatably. */
export const createVirtualClock = (startMs: number): WorldClock => {
  const heap = new TimerHeap();
  let now = startMs;
  let advancing = false;
  const advance = async (ms: number, settle: () => Promise<void>): Promise<void> => {
    await settle();
    for (let next = heap.peek(); next && next.due <= ms; next = heap.peek()) {
      now = Math.max(now, next.due);
      for (const fire of heap.take(now)) fire();
      await settle();
    }
    now = Math.max(now, ms);
  };
  return {
    mode: 'virtual',
    now: () => now,
    at: (dueMs, key, fire) => heap.add(dueMs, key, fire),
    nextDue: () => heap.peek()?.due,
    stop: () => heap.clear(),
    async advanceTo(ms, settle) {
      if (advancing) throw new Error('The clock is being advanced already; await that first.');
      advancing = true;
      await advance(ms, settle).finally(() => {
        advancing = false;
      });
    },
  };
};

// setTimeout fires at once when asked for more than 2^31-1 ms.
const longestTimeout = 2_147_483_647;

/** The machine's own clock; one `setTimeout` at a time stands for all timers. */
export const createRealClock = (): WorldClock => {
  const heap = new TimerHeap();
  let armed: { due: number; handle: NodeJS.Timeout } | undefined;
  const disarm = () => {
    clearTimeout(armed?.handle);
    armed = undefined;
  };
  const wake = () => {
    armed = undefined;
    // As microtasks, so that one that throws does not keep the others from firing.
    for (const fire of heap.take(Date.now())) queueMicrotask(fire);
    arm();
  };
  const arm = () => {
    const due = heap.peek()?.due;
    if (due === undefined) return disarm();
    if (armed && armed.due <= due) return;
    disarm();
    const delay = Math.min(Math.max(0, due - Date.now()), longestTimeout);
    armed = { due, handle: setTimeout(wake, delay) };
  };
  return {
    mode: 'real',
    now: () => Date.now(),
    nextDue: () => heap.peek()?.due,
    at(dueMs, key, fire) {
      const cancel = heap.add(dueMs, key, fire);
      arm();
      return () => {
        cancel();
        if (heap.peek() === undefined) disarm();
      };
    },
    advanceTo: () => Promise.reject(new Error('Only a virtual clock can be advanced.')),
    stop() {
      heap.clear();
      disarm();
    },
  };
};
