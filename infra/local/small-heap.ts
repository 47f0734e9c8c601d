import { flushCompileCache, getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/**
 * A process that runs for weeks should not keep the garbage of its busiest minute: a heap may grow by
 * 20 % between two collections instead of up to four times.
 */
const growth = '--heap-growing-percent=20';
const young = '--max-semi-space-size=4';

/** False on Windows. */
export const canBeginAgain = process.execve !== undefined;

/** Whether memory counts more than time in this process. */
export const hasSmallHeap = (): boolean => process.execArgv.includes(young);

/** Young objects have 4 MB to die in instead of 32 or more, which V8 takes only when a process begins. */
export const beginWithSmallHeap = (): void => {
  if (!hasSmallHeap()) beginAgain([young, growth]);
};

/** Else glibc keeps what is freed, for each thread of V8 by itself, and the more the larger a piece once was. */
const allocator = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/** From the first file on, so that no TypeScript compiler is loaded, which would stay in memory. */
const compileCache = (): { NODE_COMPILE_CACHE?: string } => {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
};

/**
 * The same process, id, arguments and open files with an empty memory: what is loaded stays loaded in Node
 * as long as a process lives. Returns only where the system cannot do that.
 */
export const beginAgain = (flags: readonly string[] = []): void => {
  const { execPath, execArgv, argv } = process;
  flushCompileCache();
  process.execve?.(execPath, [execPath, ...flags, ...execArgv, ...argv.slice(1)], {
    ...allocator,
    ...compileCache(),
    ...process.env,
  });
};
