import type { PlainRow } from '../dynamodb/tables/stream-rows.ts';

/** One change of a table, as Lambda hands it over: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  eventSourceARN: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Record<string, { S?: string; N?: string; B?: string }>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
}

/** A change on its way to a function, written out only where the function runs. */
export interface StreamEntry {
  /** `SequenceNumber` */
  sequence: string;
  /** Its contact, as a rule: what has the same one stays in order. */
  partition: string;
  record(): StreamRecord;
  /** For another thread. */
  plain(): PlainRow;
}

/** How many from the front of a batch were processed, and what happened to the next one. */
export interface BatchResult {
  processed: number;
  /** The first record that failed is known to be at fault; false when the whole batch failed. */
  pointed: boolean;
  error?: unknown;
}

/** Reads a handler's answer as Lambda does: everything from the first reported failure comes again. */
export const readBatchAnswer = (
  batch: readonly Pick<StreamEntry, 'sequence'>[],
  answer: unknown,
): BatchResult => {
  const failures = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  if (!Array.isArray(failures) || failures.length === 0) return { processed: batch.length, pointed: false };
  const failed = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    batch.findIndex(({ sequence }) => sequence === failure?.itemIdentifier),
  );
  const error = new Error('The function reported this record as failed.');
  if (failed.includes(-1)) return { processed: 0, pointed: false, error };
  return { processed: Math.min(...failed), pointed: true, error };
};

/** Records of one partition stay in order; partitions are mixed at will, as shards are. */
export const shuffle = <T>(
  items: readonly T[],
  partitionOf: (item: T) => string,
  random: () => number,
): T[] => {
  const queues = [...Map.groupBy(items, partitionOf).values()];
  const mixed: T[] = [];
  while (queues.length > 0) {
    const index = Math.floor(random() * queues.length);
    const queue = queues[index]!;
    mixed.push(queue.shift()!);
    if (queue.length === 0) queues.splice(index, 1);
  }
  return mixed;
};
