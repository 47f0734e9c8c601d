import { setTimeout as afterMilliseconds } from 'node:timers/promises';
import type { Log } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { hearMessage } from '#functions/feedback/hear-message';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import type { Store } from '#store/store';
import { isMachine } from './machine.ts';

/** A reader waits for a page, not for our books. */
const patienceMilliseconds = 1_500;

/**
 * Stores what a reader did, as long as the store is there and quick. Never throws: the reader gets
 * the picture or the page in any case.
 */
export const hearReader = async (
  store: Store,
  log: Log,
  request: HttpRequest,
  facts: LinkFacts,
  was: 'opened' | 'clicked',
): Promise<void> => {
  const told = {
    sendId: facts.sendId,
    was,
    happenedAt: iso(store.clock.now()),
    machine: isMachine(request),
    ...(facts.url === undefined ? {} : { link: facts.url }),
  };
  const stop = new AbortController();
  const late = afterMilliseconds(patienceMilliseconds, 'late' as const, { signal: stop.signal });
  try {
    const heard = await Promise.race([hearMessage(store, told), late]);
    if (heard === 'late') log.warn('reader-not-heard', { send: facts.sendId, was, reason: 'late' });
  } catch (error) {
    log.warn('reader-not-heard', { send: facts.sendId, was, reason: (error as Error).name });
  } finally {
    stop.abort();
    late.catch(() => {});
  }
};
