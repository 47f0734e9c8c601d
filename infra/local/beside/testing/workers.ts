import type { Worker } from 'node:worker_threads';

type Threads = typeof import('node:worker_threads');

/** Every thread that was begun, the oldest first. */
export const workers: Worker[] = [];

/** `node:worker_threads` as it is, but that whoever begins a thread is seen: for `vi.mock`. */
export const watchedThreads = async (load: () => Promise<Threads>): Promise<Threads> => {
  const real = await load();
  class Watched extends real.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.push(this);
    }
  }
  const threads = { ...real, Worker: Watched };
  return { ...threads, default: threads } as Threads;
};
