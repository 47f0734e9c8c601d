import { setTimeout as afterMilliseconds } from 'node:timers/promises';
import type { FunctionContext } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { hearMessage } from '#functions/feedback/hear-message';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import type { Store } from '#store/store';
import { hearClick } from './hear-click.ts';
import { machineRule } from './machine.ts';

/** A reader waits for a page, not for our books. */
const patienceMilliseconds = 1_500;

const hearOpen = async (store: Store, request: HttpRequest, { sendId }: LinkFacts): Promise<void> => {
  const rule = machineRule(request);
  const happenedAt = iso(store.clock.now());
  await hearMessage(store, { sendId, was: 'opened', happenedAt, machine: rule !== undefined, rule });
};

/**
 * Stores what a reader did, as long as the store is there and quick. Never throws: the reader gets
 * the picture or the page in any case.
 */
export const hearReader = async (
  store: Store,
  context: FunctionContext,
  request: HttpRequest,
  facts: LinkFacts,
): Promise<void> => {
  const was = facts.url === undefined ? 'opened' : 'clicked';
  const { log } = context;
  const stop = new AbortController();
  const late = afterMilliseconds(patienceMilliseconds, 'late' as const, { signal: stop.signal });
  const { url, sendId: send } = facts;
  const hear = () =>
    url === undefined
      ? hearOpen(store, request, facts)
      : hearClick(store, context, { send, url, rule: machineRule(request) });
  try {
    if ((await Promise.race([hear(), late])) === 'late')
      log.warn('reader-not-heard', { send, was, reason: 'late' });
  } catch (error) {
    log.warn('reader-not-heard', { send, was, reason: (error as Error).name });
  } finally {
    stop.abort();
    late.catch(() => {});
  }
};
