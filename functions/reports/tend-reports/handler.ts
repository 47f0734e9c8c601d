import { isDeepStrictEqual } from 'node:util';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { definitionsOf } from '#model/report-settings';
import { createCatalogue } from '#store/catalogue/catalogue';
import { newestOf, readBooks } from '#store/runs/books';
import { openStore } from '#store/store';
import { beginRebuild } from '../rebuilding/begin.ts';
import { workOnRebuild } from '../rebuilding/work.ts';
import { type Services, sendWeekly } from './send-weekly.ts';

/** A call may take 240 seconds. */
const longestMs = 180_000;
/** Where no clock moves within a call. */
const mostPages = 2_000;
const soonMs = 5 * 60_000;
/** Settings may change without a word to this function. */
const latestMs = 86_400_000;

/** Other settings, other figures: then all is counted anew by them. */
const followSettings = async ({ store, catalogue }: Services): Promise<void> => {
  const books = await readBooks(store);
  if (!books || books.making) return;
  const wanted = definitionsOf(await catalogue.client());
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(wanted)), newestOf(books).definitions))
    await beginRebuild(store, wanted, 'settings');
};

const tend = async (services: Services) => {
  const { store, context } = services;
  const startedAt = store.clock.now();
  let pages = 0;
  const isLate = (): boolean => ++pages > mostPages || store.clock.now() - startedAt > longestMs;
  await services.catalogue.renew();
  await followSettings(services);
  const weekly = await sendWeekly(services).catch((error: Error) => {
    context.log.error('report-mails-failed', describeError(error));
    return { sent: 0, next: startedAt + soonMs };
  });
  const isCounting = await workOnRebuild(store, isLate);
  if (weekly.sent > 0) context.log.info('report-mails-sent', { count: weekly.sent });
  const now = store.clock.now();
  const next = Math.min(now + (isCounting ? soonMs : latestMs), weekly.next ?? Number.POSITIVE_INFINITY);
  return { sent: weekly.sent, counting: isCounting, next: iso(next) };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services = { store, catalogue: createCatalogue(store), context };
  return () => tend(services);
};
