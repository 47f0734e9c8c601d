import { Worker } from 'node:worker_threads';
import type { MessageOrder, Prepare, Prepared } from '#channels/order';

export interface Question {
  id: number;
  order: MessageOrder;
}
export type Answer = { id: number } & (
  | { prepared: Prepared; error?: undefined }
  | { prepared?: undefined; error: unknown }
);

export interface MessageThread {
  /** As `prepareMessage`. */
  prepare: Prepare;
  close(): Promise<void>;
}

export interface MessageThreadOptions {
  /** So many messages are made here first: a thread takes time to begin, and memory. */
  here?: number;
  /** Ends when nothing was asked for so long. */
  idleMs?: number;
}

/** Makes messages in a thread of their own; see ../decisions/2026-11-22-two-threads.md. */
export const createMessageThread = ({
  here = 200,
  idleMs = 30_000,
}: MessageThreadOptions = {}): MessageThread => {
  let left = here;
  let thread: Thread | undefined;
  return {
    async prepare(order) {
      if (left-- > 0) return (await import('#channels/prepare')).prepareMessage(order);
      thread ??= new Thread(idleMs, () => {
        thread = undefined;
        left = here;
      });
      return thread.ask(order);
    },
    close: async () => thread?.end(),
  };
};

type Waiting = ReturnType<typeof Promise.withResolvers<Prepared>>;

class Thread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  readonly #waiting = new Map<number, Waiting>();
  readonly #idle: NodeJS.Timeout;
  readonly #onEnd: () => void;
  #asked = 0;
  #next: Question[] = [];

  constructor(idleMs: number, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#idle = setTimeout(() => void this.end(), idleMs).unref();
    this.#worker.on('message', (answers: Answer[]) => this.#take(answers));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => this.#fail(new Error('The thread that makes messages ended.')));
    this.#worker.unref();
  }

  /** What is asked in one turn of the event loop goes over together. */
  ask(order: MessageOrder): Promise<Prepared> {
    const waiting = Promise.withResolvers<Prepared>();
    this.#waiting.set(++this.#asked, waiting);
    if (this.#waiting.size === 1) this.#worker.ref();
    if (this.#next.push({ id: this.#asked, order }) === 1) setImmediate(() => this.#send());
    return waiting.promise;
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

  #send(): void {
    this.#worker.postMessage(this.#next);
    this.#next = [];
  }

  #take(answers: readonly Answer[]): void {
    for (const { id, prepared, error } of answers) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (prepared) waiting?.resolve(prepared);
      else waiting?.reject(error);
    }
    this.#idle.refresh();
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #fail(cause: unknown): void {
    clearTimeout(this.#idle);
    this.#onEnd();
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }
}
