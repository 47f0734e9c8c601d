import { setTimeout as afterMilliseconds } from 'node:timers/promises';
import type { Log } from '#aws/function-context';
import type { LinkFacts } from '#channels/links';
import { type Heard, hearMessage } from '#functions/feedback/hear-message';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { noteAsked } from '#store/sends/asked-links';
import type { Store } from '#store/store';
import { burstRule, isBurst, machineRule } from './machine.ts';

/** A reader waits for a page, not for our books. */
const patienceMilliseconds = 1_500;

/** The rule that tells a program, where one does. */
const ruleFor = async (store: Store, request: HttpRequest, facts: LinkFacts): Promise<string | undefined> => {
  const asked = facts.url === undefined ? [] : await noteAsked(store, facts.sendId, facts.url);
  return machineRule(request) ?? (isBurst(asked) ? burstRule : undefined);
};

const hear = async (
  store: Store,
  request: HttpRequest,
  facts: LinkFacts,
  was: 'opened' | 'clicked',
): Promise<Heard> => {
  const happenedAt = iso(store.clock.now());
  const rule = await ruleFor(store, request, facts);
  const link = facts.url === undefined ? {} : { link: facts.url };
  return hearMessage(store, {
    sendId: facts.sendId,
    was,
    happenedAt,
    machine: rule !== undefined,
    rule,
    ...link,
  });
};

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
  const stop = new AbortController();
  const late = afterMilliseconds(patienceMilliseconds, 'late' as const, { signal: stop.signal });
  try {
    const heard = await Promise.race([hear(store, request, facts, was), late]);
    if (heard === 'late') log.warn('reader-not-heard', { send: facts.sendId, was, reason: 'late' });
  } catch (error) {
    log.warn('reader-not-heard', { send: facts.sendId, was, reason: (error as Error).name });
  } finally {
    stop.abort();
    late.catch(() => {});
  }
};
