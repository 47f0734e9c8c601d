import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tell } from '#aws/event-bus';
import { eventsFolder, partitionOf } from '#model/happening';

/** As on S3: a folder for each day, one JSON object a line. Told at least once; `id` tells what was told before. */
export const createHappeningFiles = (data: string): Tell => {
  let last: Promise<void> = Promise.resolve();
  const append = async (happenings: Parameters<Tell>[0]): Promise<void> => {
    for (const [partition, some] of Map.groupBy(happenings, partitionOf)) {
      const folder = join(data, eventsFolder, partition);
      await mkdir(folder, { recursive: true });
      await appendFile(
        join(folder, 'events.ndjson'),
        some.map((each) => `${JSON.stringify(each)}\n`).join(''),
      );
    }
  };
  return (happenings) => {
    const next = last.then(() => append(happenings));
    last = next.catch(() => {});
    return next;
  };
};
