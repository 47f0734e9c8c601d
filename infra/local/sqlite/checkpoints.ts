import { Worker } from 'node:worker_threads';

export interface Checkpoints {
  /** After a commit, with the rows that were changed since the file was opened: begins a checkpoint when it is time. */
  committed(changes: number): void;
  /** Until the checkpoint that runs is over; undefined when none does. */
  running(): Promise<void> | undefined;
  /** After the checkpoint that runs; nothing begins any more. */
  end(): Promise<void>;
}

/** So few pages the writer itself takes from the log, in some milliseconds. */
const fewPages = 256;

/**
 * Takes the log into the file in a thread of its own; see decisions/2026-11-23-checkpoints-beside.md.
 * `finish` is called when little is left: a checkpoint by the writer then ends the log, which begins anew.
 */
export const createCheckpoints = (file: string, rowsBetween: number, finish: () => void): Checkpoints => {
  let thread: Worker | undefined;
  let running: PromiseWithResolvers<void> | undefined;
  let since = 0;
  let ended = false;
  const done = (): void => {
    thread?.unref();
    running?.resolve();
    running = undefined;
  };
  const begin = (): Worker => {
    const begun = new Worker(`(${work})()`, {
      eval: true,
      workerData: { file, fewPages },
      resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
    });
    const lose = (): void => {
      // One that failed ends after its successor began.
      if (thread !== begun) return;
      thread = undefined;
      done();
    };
    const hear = (left: number): void => {
      done();
      if (left < fewPages) finish();
    };
    return begun.on('message', hear).on('error', lose).on('exit', lose);
  };
  return {
    committed(changes) {
      if (ended || running || changes - since < rowsBetween) return;
      since = changes;
      try {
        thread ??= begin();
      } catch {
        // None is to be had, or it failed: the writer itself takes a log that grew too long.
        return;
      }
      running = Promise.withResolvers();
      thread.ref();
      thread.postMessage('begin');
    },
    running: () => running?.promise,
    async end() {
      ended = true;
      await running?.promise;
      await thread?.terminate();
    },
  };
};

/** Runs in the thread, from its text: knows nothing but what the runtime has built in. */
const work = (): void => {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const sql = new DatabaseSync(workerData.file, { timeout: 5000 });
  const pass = sql.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  parentPort?.on('message', () => {
    let left = Number.POSITIVE_INFINITY;
    // What is written during a pass is left for the next one, and each has less to do.
    for (let tries = 0; tries < 4 && left >= workerData.fewPages; tries++) {
      const { log, checkpointed } = pass.get() as { log: number; checkpointed: number };
      left = log - checkpointed;
    }
    parentPort.postMessage(left);
  });
};
