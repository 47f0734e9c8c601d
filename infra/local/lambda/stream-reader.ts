import { bucket } from '#store/keys';
import { hasSmallHeap } from '../small-heap.ts';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import type { Background } from './background.ts';
import type { TriggerOf } from './functions.ts';
import type { Quarantine } from './quarantine.ts';
import { readBatchAnswer, type StreamEntry, type StreamRecord, shuffle } from './stream-batch.ts';

/** A table's stream, oldest first. */
export interface StreamSource {
  /**
   * Looks at up to `limit` changes and gives those that are wanted, by their sort key.
   * @param after a SequenceNumber; '' for the oldest
   */
  read(
    after: string,
    limit: number,
    wanted: (eventName: StreamRecord['eventName'], sk: string) => boolean,
  ): {
    entries: readonly StreamEntry[];
    /** The SequenceNumber to go on after; '' when there was nothing. */
    last: string;
    /** How many were looked at. */
    count: number;
  };
}

export interface StreamReaderOptions {
  db: Database;
  clock: WorldClock;
  source: StreamSource;
  functionName: string;
  trigger: TriggerOf<'stream'>;
  invoke: (entries: readonly StreamEntry[]) => Promise<unknown>;
  quarantine: Quarantine;
  background: Background;
  /** Of the next batch: fewer than the trigger allows where they would hold up what is waited for. */
  mostAtOnce?: (() => number) | undefined;
  redeliver?: Redelivery;
}

/** "At least once", played: what streams are allowed to do and seldom do. */
export interface Redelivery {
  /** Every batch is handed over twice. */
  twice?: boolean;
  /** Contacts overtake each other; the source of chance. */
  shuffle?: () => number;
}

export interface StreamReader {
  /** There may be something new. */
  poke(): void;
  /** Resolves when all there is was processed, or waits for another try. Full batches are not waited for. */
  settle(): Promise<void>;
  stop(): void;
}

/** As on AWS (`infra/aws/triggers.ts`). */
const mostRetries = 10;
const longestPauseMs = 60_000;
const readAhead = hasSmallHeap() ? 1_000 : 2_000;
/** Read and decoded in one go, while requests wait. */
const readAtOnce = 100;
/** Contacts are spread over this many lanes, each in order, so that their commits share an fsync. */
const laneCount = 16;

interface Pending {
  entry: StreamEntry;
  done: boolean;
}

interface Lane {
  queue: Pending[];
  busy: boolean;
  /** Tries that the record in front has behind it. */
  tries: number;
  /** Halved when a whole batch fails, so that the one at fault is found. */
  batchSize: number;
  /** Waits for the clock to try again. */
  resting: boolean;
}

/** One function's way through a stream: batches, tries, a durable position, and nothing that holds the rest up for ever. */
export const createStreamReader = (options: StreamReaderOptions): StreamReader => {
  const { db, clock, source, trigger, functionName, quarantine, background, redeliver = {} } = options;
  const position = createPosition(db, functionName);
  // A window asks for full batches, so there is one lane to fill.
  const lanes = Array.from({ length: trigger.windowSeconds > 0 ? 1 : laneCount }, () =>
    newLane(trigger.batchSize),
  );
  const outstanding: Pending[] = [];
  let cursor = position.load();
  let reading: Promise<void> | undefined;
  let maybeMore = true;
  let window: 'none' | 'waiting' | 'open' = 'none';
  let stopped = false;
  let waiting: (() => void)[] = [];

  const wanted = (eventName: StreamRecord['eventName'], sk: string): boolean =>
    trigger.events.includes(eventName) && trigger.sortKeys.some((prefix) => sk.startsWith(prefix));
  const partitionOf = ({ entry }: Pending): string => entry.partition;

  const take = ({ entries, last, count }: ReturnType<StreamSource['read']>): void => {
    for (const entry of entries) {
      const pending = { entry, done: false };
      outstanding.push(pending);
      lanes[bucket(partitionOf(pending), lanes.length)]!.queue.push(pending);
    }
    if (count === readAtOnce) maybeMore = true;
    if (last === '') return;
    cursor = last;
    if (outstanding.length === 0) position.save(cursor);
  };
  const read = async (): Promise<void> => {
    while (!stopped && maybeMore && outstanding.length < readAhead) {
      maybeMore = false;
      take(await db.read(() => source.read(cursor, readAtOnce, wanted)));
    }
  };
  const pump = (): void => {
    if (stopped || reading) return;
    reading = read().finally(() => {
      reading = undefined;
      // Poked after the last look.
      if (maybeMore && outstanding.length < readAhead) return pump();
      openWindow();
      if (window !== 'waiting') for (const lane of lanes) startLane(lane);
      tellWaiting();
    });
  };

  const openWindow = (): void => {
    const filled = lanes.some((lane) => lane.queue.length >= trigger.batchSize);
    const empty = lanes.every((lane) => lane.queue.length === 0);
    // Whoever waits for quiet does not let the time pass that would close the window.
    if (trigger.windowSeconds === 0 || filled || waiting.length > 0) window = 'open';
    else if (empty) window = 'none';
    else if (window === 'none') {
      window = 'waiting';
      clock.at(clock.now() + trigger.windowSeconds * 1000, `window-${functionName}`, flush);
    }
  };
  const flush = (): void => {
    if (window === 'waiting') window = 'open';
    pump();
  };

  const startLane = (lane: Lane): void => {
    if (lane.busy || lane.resting || lane.queue.length === 0 || stopped) return;
    lane.busy = true;
    workThrough(lane).finally(() => {
      lane.busy = false;
      pump();
    });
  };
  const workThrough = async (lane: Lane): Promise<void> => {
    while (!stopped && !lane.resting && lane.queue.length > 0) await background.run(() => processBatch(lane));
  };
  const processBatch = async (lane: Lane): Promise<void> => {
    const batch = arrange(lane);
    lane.queue.splice(0, batch.length, ...batch);
    const { processed, pointed, error } = await hand(batch.map(({ entry }) => entry));
    if (stopped) return;
    finish(lane, processed);
    if (processed === batch.length) lane.batchSize = trigger.batchSize;
    else if (!pointed && batch.length > 1) lane.batchSize = Math.ceil(batch.length / 2);
    else retry(lane, error);
  };
  // Once something failed the order stays, so that tries are counted for the record at fault.
  const arrange = (lane: Lane): Pending[] => {
    const batch = lane.queue.slice(0, Math.min(lane.batchSize, options.mostAtOnce?.() ?? lane.batchSize));
    return redeliver.shuffle && lane.tries === 0 ? shuffle(batch, partitionOf, redeliver.shuffle) : batch;
  };
  const hand = async (entries: StreamEntry[]) => {
    try {
      const result = readBatchAnswer(entries, await options.invoke(entries));
      if (redeliver.twice && result.processed === entries.length) await options.invoke(entries);
      return result;
    } catch (error) {
      return { processed: 0, pointed: false, error };
    }
  };
  const retry = (lane: Lane, error: unknown): void => {
    if (lane.tries++ < mostRetries) rest(lane);
    else {
      const { entry } = lane.queue[0]!;
      // When this is lost, so is the position after it, and the record comes again.
      db.write(() => quarantine.add(functionName, error, { Records: [entry.record()] })).catch(() => {});
      finish(lane, 1);
    }
  };
  const rest = (lane: Lane): void => {
    lane.resting = true;
    const pause = Math.min(longestPauseMs, 1000 * 2 ** (lane.tries - 1));
    clock.at(clock.now() + pause, `stream-${functionName}`, () => {
      lane.resting = false;
      startLane(lane);
    });
  };
  const finish = (lane: Lane, count: number): void => {
    if (count === 0) return;
    for (const pending of lane.queue.splice(0, count)) pending.done = true;
    lane.tries = 0;
    settlePosition();
  };

  /** Everything before the position is done: after a crash it goes on from there, some of it again. */
  const settlePosition = (): void => {
    let count = 0;
    while (outstanding[count]?.done) count++;
    const [last] = outstanding.splice(0, count).slice(-1);
    if (outstanding.length === 0 && last) position.save(cursor);
    else if (last) position.save(last.entry.sequence);
  };

  const isQuiet = (): boolean => {
    if (stopped) return true;
    const allRead = !maybeMore || outstanding.length >= readAhead;
    return (
      !reading &&
      allRead &&
      lanes.every(({ busy, resting, queue }) => !busy && (resting || queue.length === 0))
    );
  };
  const tellWaiting = (): void => {
    if (!isQuiet()) return;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };
  const poke = (): void => {
    maybeMore = true;
    pump();
  };

  return {
    poke,
    settle() {
      if (window === 'waiting') window = 'open';
      poke();
      return new Promise((resolve) => waiting.push(resolve));
    },
    stop() {
      stopped = true;
      tellWaiting();
    },
  };
};

const newLane = (batchSize: number): Lane => ({
  queue: [],
  busy: false,
  tries: 0,
  batchSize,
  resting: false,
});

const createPosition = (db: Database, functionName: string) => {
  db.sql.exec(
    'CREATE TABLE IF NOT EXISTS stream_position (function TEXT PRIMARY KEY, sequence TEXT NOT NULL)',
  );
  const select = db.prepare('SELECT sequence FROM stream_position WHERE function = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO stream_position VALUES (?, ?)');
  let saved = 0;
  return {
    load: (): string => (select.get(functionName)?.sequence as string | undefined) ?? '',
    /** Nobody waits for it: to lose it means to process again. Positions of one turn of the event loop are one write. */
    save(sequence: string): void {
      const mine = ++saved;
      setImmediate(() => {
        if (mine === saved) db.write(() => upsert.run(functionName, sequence)).catch(() => {});
      });
    },
  };
};
