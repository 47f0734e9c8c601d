import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { giveUpClaim } from '#functions/messages/give-up-claim';
import { judgeClick } from '#functions/messages/judging';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import type { Run } from '#model/run';
import type { Send } from '#model/send';
import { copyLinkKeys } from '#store/catalogue/copy-keys';
import { readSending } from '#store/catalogue/sending';
import { erasureOfItem } from '#store/contacts/erasures';
import { eventOfItem, quarantineEvent, type StoredEvent } from '#store/contacts/events';
import { unsettledShards } from '#store/keys';
import { runOfItem } from '#store/runs/runs';
import { heldClickOfItem } from '#store/sends/held-clicks';
import { closeOpen, sendOfItem } from '#store/sends/sends';
import { type Item, keyIn } from '#store/table';
import { lookOver } from '../erasing/erase.ts';
import { hear } from '../hearing/hear.ts';
import { sweepStops } from '../pausing/stop-sending.ts';
import { startRun } from '../running/start-run.ts';
import { openServices, type Services } from '../services.ts';
import { expireVisitors } from './expire-visitors.ts';

const minute = 60_000;
const day = 1_440 * minute;
/** Older than any invocation that may still be at work on it. */
const patience = {
  ...{ click: minute, event: 2 * minute, entering: 2 * minute, claim: 5 * minute, erasing: 2 * minute },
  // SES tells of a message within a minute, if at all.
  open: 15 * minute,
};
/** Longer than the stream tries: then a person must look. */
const givenUpMs = 24 * 60 * minute;
const perShard = 100;
/** Whoever was not told by then will not be. */
const openDays = 3;
const namedInAlarm = 20;

/** Does not depend on the stream: what was missed is found in the store, by its mark. */
export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return () => sweep(services);
};

const sweep = async (services: Services): Promise<Record<string, number>> => {
  await services.catalogue.renew();
  const swept = {
    events: await each(services, 'event', (item) => hearAgain(services, eventOfItem(item))),
    runs: await each(services, 'entering', (item) => startAgain(services, runOfItem(item))),
    claims: await each(services, 'claim', (item) => giveUpClaim(services, sendOfItem(item))),
    open: await alarmOpen(services),
    clicks: await each(services, 'click', (item) => judgeClick(services.store, heldClickOfItem(item))),
    erasures: await each(services, 'erasing', (item) => lookOverErased(services, item)),
    visitors: await expireVisitors(services),
    holds: await releaseResumed(services),
    keys: await copyKeys(services),
  };
  if (Object.values(swept).some((count) => count > 0)) services.context.log.info('swept', swept);
  return swept;
};

/** Oldest first. One that fails does not keep the others. */
const each = async (
  services: Services,
  what: keyof typeof patience,
  work: (item: Item) => Promise<void>,
): Promise<number> => {
  let count = 0;
  const failed = (error: Error, sk?: unknown): void =>
    services.context.log.error('sweep-failed', { what, sk, ...describeError(error) });
  for (let shard = 0; shard < unsettledShards; shard++) {
    const items = await leftIn(services, what, shard).catch((error: Error) => {
      failed(error);
      return [];
    });
    count += items.length;
    for (const item of items) await work(item).catch((error: Error) => failed(error, item.sk));
  }
  return count;
};

/** Says at each round what nobody knows yet: that is for a person to find out. */
const alarmOpen = async (services: Services): Promise<number> => {
  const open: Send[] = [];
  const count = await each(services, 'open', async (item) => {
    const send = sendOfItem(item);
    open.push(send);
    if (services.store.clock.now() - Date.parse(send.at) > openDays * day)
      await closeOpen(services.store, send);
  });
  // Each round, also of none: the alarm stays on while there is one, and goes off when there is none.
  services.context.measure?.('SendsOpen', open.length);
  if (open.length > 0)
    services.context.log.error('sends-open', {
      count: open.length,
      since: open.map(({ at }) => at).sort()[0],
      sends: open.slice(0, namedInAlarm).map(({ id }) => id),
    });
  return count;
};

const leftIn = async ({ store }: Services, what: keyof typeof patience, shard: number): Promise<Item[]> => {
  const keys = await store.main.query({
    pk: `${what}#${shard}`,
    index: 'unsettled',
    to: iso(store.clock.now() - patience[what]),
    limit: perShard,
  });
  if (keys.length === 0) return [];
  const items = await store.main.getMany(keys.map(keyIn));
  return items
    .filter((item) => typeof item.unsettled === 'string' && item.unsettled.startsWith(what))
    .sort((a, b) => String(a.unsettledAt).localeCompare(String(b.unsettledAt)));
};

const hearAgain = async (services: Services, event: StoredEvent): Promise<void> => {
  try {
    await hear(services, event);
  } catch (error) {
    const { store, context } = services;
    if (store.clock.now() - Date.parse(event.at) < givenUpMs) throw error;
    context.log.error('event-quarantined', { event: event.id, error: (error as Error).name });
    await quarantineEvent(store, event.contact, event.id, (error as Error).name);
  }
};

const startAgain = async (services: Services, run: Run): Promise<void> =>
  startRun(services, run, await services.versions.get(run.journey, run.version));

/** Also goes on with what a crash or a long history left. */
const lookOverErased = (services: Services, item: Item): Promise<void> => {
  const startedAt = services.store.clock.now();
  const isLate = () => services.store.clock.now() - startedAt > minute;
  return lookOver(services, erasureOfItem(item), isLate);
};

/** Where their second home was away when they were made or rotated. */
const copyKeys = async ({ store, context }: Services): Promise<number> => {
  try {
    return (await copyLinkKeys(store, context)) ? 1 : 0;
  } catch (error) {
    context.log.error('link-keys-not-copied', describeError(error));
    return 0;
  }
};

/** Journeys, channels and the client, where they were resumed: holds that the resume did not reach go on. */
const releaseResumed = async (services: Services): Promise<number> =>
  sweepStops(services, await readSending(services.store));
