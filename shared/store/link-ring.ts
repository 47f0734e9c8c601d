import { setTimeout as afterMilliseconds } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { againMs, type KeyRing, type Keys, linksAt, patienceMs, type StoredLinks } from './secrets.ts';

export interface LinksKnown {
  links: Keys['links'];
  /** From the second home, while the store is away, which may know more keys than these. */
  copied?: ReadonlySet<string>;
}

/** @param maxAgeMs how long ago the keys may have been read */
export type LinkRing = (maxAgeMs?: number) => Promise<LinksKnown>;

/** A connection is made and a key read in less; asking the second home as well costs next to nothing. */
const firstPatienceMs = 500;
/** Less than the function has: whoever waits gets an answer in words. */
const longestMs = 3_000;

const within = async <T>(ms: number, work: Promise<T>): Promise<T | undefined> => {
  const stop = new AbortController();
  const late = afterMilliseconds(ms, undefined, { signal: stop.signal });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => {});
    work.catch(() => {});
  }
};

/** Of a function that must open links also when it starts while the store is away, or hangs. */
export const createLinkRing = (
  keys: KeyRing,
  readCopy: () => Promise<StoredLinks>,
  clock: Clock,
): LinkRing => {
  let isReached = false;
  let copy: StoredLinks | undefined;
  let triedAt = 0;
  let opening: Promise<LinksKnown> | undefined;

  const fromStore = async (maxAgeMs?: number): Promise<LinksKnown> => {
    triedAt = clock.now();
    const { links } = await keys(maxAgeMs);
    // What was read once is kept by the store's own ring.
    isReached = true;
    return { links };
  };
  const fromCopy = async (): Promise<LinksKnown> => {
    copy ??= await readCopy();
    return { links: linksAt(copy, clock.now()), copied: new Set(Object.keys(copy.signing)) };
  };
  const quickly = (ms: number, asked: Promise<LinksKnown>) => within(ms, asked).catch(() => undefined);
  const first = async (): Promise<LinksKnown> => {
    const store = fromStore();
    const soon = await quickly(firstPatienceMs, store);
    if (soon) return soon;
    const either = await within(longestMs, Promise.any([store, fromCopy()]));
    if (!either) throw new Error('Neither home of the link keys answers');
    return either;
  };

  return async (maxAgeMs) => {
    if (isReached) return fromStore(maxAgeMs);
    if (copy && clock.now() - triedAt < againMs) return fromCopy();
    if (copy) return (await quickly(patienceMs, fromStore())) ?? fromCopy();
    opening ??= first().finally(() => {
      opening = undefined;
    });
    return opening;
  };
};
