import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import { history } from '#store/contacts/events';
import { isAnonymous } from '#store/contacts/merges';
import { settleVisitor, visitorsIn } from '#store/contacts/visitors';
import { unsettledShards } from '#store/keys';
import type { Item } from '#store/table';
import { eraseContact, type IsLate } from '../erasing/erase.ts';
import type { Services } from '../services.ts';

const lanes = 8;
const longestMs = 90_000;

/**
 * Visitors of whom nothing was heard for as long as the client keeps events, and who never said who they are:
 * their events have expired, and what is left of them is erased like any contact.
 * @returns how many went
 */
export const expireVisitors = async (services: Services): Promise<number> => {
  const { clock } = services.store;
  const until = clock.now() + longestMs;
  const isLate = () => clock.now() > until;
  let gone = 0;
  for (let shard = 0; shard < unsettledShards && !isLate(); shard++)
    for await (const page of visitorsIn(services.store, shard, keptSince(services))) {
      gone += await expireAll(services, page, isLate);
      if (isLate()) break;
    }
  return gone;
};

const keptSince = ({ store, context }: Services): string =>
  iso(store.clock.now() - context.settings.retentionSeconds * 1000);

/** One that fails does not keep the others. */
const expireAll = async (services: Services, page: readonly Item[], isLate: IsLate): Promise<number> => {
  const expire = (item: Item): Promise<boolean> =>
    expireOne(services, item, isLate).catch((error: Error) => {
      const contact = String(item.id);
      services.context.log.error('sweep-failed', { what: 'visitor', contact, ...describeError(error) });
      return false;
    });
  return (await inLanes(lanes, page, expire, isLate)).filter(Boolean).length;
};

/** Who became known stays, and who came again is looked at later. */
const expireOne = async (services: Services, profile: Item, isLate: IsLate): Promise<boolean> => {
  const { store } = services;
  const id = String(profile.id);
  if (!isAnonymous(profile)) {
    await settleVisitor(store, id);
    return false;
  }
  const merged = profile.merged as string[] | undefined;
  const [last] = await history(store, { id, ...(merged && { merged }) }, { newestFirst: true, limit: 1 });
  if (last && last.at > keptSince(services)) {
    await settleVisitor(store, id, last.at);
    return false;
  }
  return (await eraseContact(services, id, { isLate })) !== 'unknown';
};
