import { Worker } from 'node:worker_threads';
import type { Tell } from '#aws/event-bus';
import type { LambdaHandler } from '#aws/function-context';
import type { MessageOrder, Prepare, Prepared } from '#channels/order';
import type { Figure } from '../contexts.ts';
import type { PlainRow } from '../dynamodb/tables/stream-rows.ts';
import { hasSmallHeap } from '../small-heap.ts';
import type { Services } from '../wire/model.ts';
import {
  type Answer,
  type Ask,
  type FromWorker,
  type Outcome,
  type Question,
  type Setting,
  type ToWorker,
  toPlainError,
} from './protocol.ts';

export interface SecondThread {
  /** As `prepareMessage`. */
  prepare: Prepare;
  /** The handler of a function that runs there, which takes plain rows; undefined while there is no second thread. */
  handlerOf(functionName: string): LambdaHandler | undefined;
  close(): Promise<void>;
}

/** What functions in the other thread need of this one. */
export interface Surroundings {
  setting: Setting;
  services: Services;
  now: () => number;
  tell?: Tell | undefined;
  measured?: ((figure: Figure) => void) | undefined;
}

export interface SecondThreadOptions {
  /** So many messages are made here first: a thread takes time to begin, and memory. */
  here?: number | undefined;
  /** Ends when nothing was asked for so long. */
  idleMs?: number;
  /** Without them no function runs there. */
  surroundings?: Surroundings;
}

/** Makes messages and folds counts in a thread of their own; see ../decisions/2026-11-22-two-threads.md. */
export const createSecondThread = ({
  here = 200,
  idleMs = 30_000,
  surroundings,
}: SecondThreadOptions = {}): SecondThread => {
  let left = here;
  let thread: Thread | undefined;
  const begin = (): Thread => {
    const begun = new Thread(surroundings, idleMs, () => {
      // One that failed ends after its successor began.
      if (thread !== begun) return;
      thread = undefined;
      left = here;
    });
    return begun;
  };
  return {
    async prepare(order) {
      if (left-- > 0) return (await import('#channels/prepare')).prepareMessage(order);
      thread ??= begin();
      return thread.prepare(order);
    },
    handlerOf: (functionName) =>
      surroundings && thread
        ? (rows) => (thread as Thread).call(functionName, rows as readonly PlainRow[])
        : undefined,
    close: async () => thread?.end(),
  };
};

type Waiting = ReturnType<typeof Promise.withResolvers<unknown>>;

class Thread {
  readonly #worker: Worker;
  readonly #surroundings: Surroundings | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #idle: NodeJS.Timeout;
  readonly #onEnd: () => void;
  #asked = 0;
  #next: ToWorker[] = [];

  constructor(surroundings: Surroundings | undefined, idleMs: number, onEnd: () => void) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: surroundings?.setting,
      // With 8 MB a quarter of its time goes into collecting garbage.
      resourceLimits: { maxYoungGenerationSizeMb: hasSmallHeap() ? 8 : 64 },
    });
    this.#surroundings = surroundings;
    this.#onEnd = onEnd;
    this.#idle = setTimeout(() => void this.end(), idleMs).unref();
    this.#worker.on('message', (said: FromWorker[]) => this.#hear(said));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => this.#fail(new Error('The second thread ended.')));
    this.#worker.unref();
  }

  prepare(order: MessageOrder): Promise<Prepared> {
    return this.#ask((id) => ({ id, order })) as Promise<Prepared>;
  }

  call(functionName: string, rows: readonly PlainRow[]): Promise<unknown> {
    const { now } = this.#surroundings!;
    return this.#ask((id) => ({ id, call: { functionName, rows, now: now() } }));
  }

  /** After the last answer. */
  async end(): Promise<void> {
    while (this.#waiting.size > 0)
      await Promise.allSettled([...this.#waiting.values()].map(({ promise }) => promise));
    this.#worker.removeAllListeners('exit');
    clearTimeout(this.#idle);
    this.#onEnd();
    await this.#worker.terminate();
  }

  #ask(question: (id: number) => Question): Promise<unknown> {
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(++this.#asked, waiting);
    if (this.#waiting.size === 1) this.#worker.ref();
    this.#say(question(this.#asked));
    return waiting.promise;
  }

  /** What is said in one turn of the event loop goes over together. */
  #say(what: ToWorker): void {
    if (this.#next.push(what) > 1) return;
    setImmediate(() => {
      this.#worker.postMessage(this.#next);
      this.#next = [];
    });
  }

  #hear(said: readonly FromWorker[]): void {
    for (const what of said) {
      if ('id' in what) this.#take(what);
      else if ('asked' in what) void this.#serve(what);
      else this.#surroundings?.measured?.(what.figure);
    }
    this.#idle.refresh();
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #take({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(error);
  }

  async #serve({ asked, ...ask }: Omit<Ask, 'asked'> & { asked: number }): Promise<void> {
    this.#say({ asked, ...(await this.#outcomeOf(ask)) });
  }

  async #outcomeOf({ by, of, operation, input }: Omit<Ask, 'asked'>): Promise<Outcome> {
    const { services, tell } = this.#surroundings!;
    try {
      if (of === 'tell') return { value: await tell?.(input as Parameters<Tell>[0]) };
      return { value: await services[of](operation, input, { caller: by }) };
    } catch (error) {
      return { error: toPlainError(error) };
    }
  }

  #fail(cause: unknown): void {
    clearTimeout(this.#idle);
    this.#onEnd();
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }
}
