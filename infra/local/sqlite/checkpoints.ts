import { Worker } from 'node:worker_threads';

export interface Checkpoints {
  /** After a commit, with the rows that were changed since the file was opened: begins a checkpoint when it is time. */
  committed(changes: number): void;
  /** Resolves when no checkpoint runs. */
  running(): Promise<void>;
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
  // A thread that failed is not missed: the writer itself takes a log that grew too long.
  const lose = (): void => {
    thread = undefined;
    done();
  };
  const begin = (): Worker =>
    new Worker(`(${work})()`, {
      eval: true,
      workerData: { file, fewPages },
      resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
    })
      .on('message', (left: number) => {
        done();
        if (left < fewPages) finish();
      })
      .on('error', lose)
      .on('exit', lose);
  return {
    committed(changes) {
      if (ended || running || changes - since < rowsBetween) return;
      since = changes;
      running = Promise.withResolvers();
      thread ??= begin();
      thread.ref();
      thread.postMessage('begin');
    },
    running: async () => running?.promise,
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
