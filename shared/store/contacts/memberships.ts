import { iso } from '#kernel/clock';
import { bucket, main, memberOf, memberShards, memberSince } from '../keys.ts';
import type { Store } from '../store.ts';
import type { TableWrite } from '../table.ts';

/**
 * Parts of the transaction that moves the contact: what the index of members says is what the profile
 * says. A membership stands in the contact's own partition, so that it goes with the contact.
 */
export const membershipWrites = (
  store: Store,
  contact: string,
  { before, after }: { before: readonly string[]; after: readonly string[] },
): TableWrite[] => [
  ...after
    .filter((segment) => !before.includes(segment))
    .map((segment) => ({ table: store.main, put: membership(contact, segment, iso(store.clock.now())) })),
  ...before
    .filter((segment) => !after.includes(segment))
    .map((segment) => ({ table: store.main, remove: main.membership(contact, segment) })),
];

const membership = (contact: string, segment: string, since: string) => ({
  ...main.membership(contact, segment),
  ...{ kind: 'membership', contact, segment, since },
  memberOf: memberOf(segment, bucket(contact, memberShards)),
  memberSince: memberSince(since, contact),
});

export interface Member {
  contact: string;
  /** ISO: since when; of those who were found when the segment was made, since they were found. */
  since: string;
}

/** Where a page of members ends; the same text wherever it is cut. */
export const memberMark = ({ since, contact }: Member): string => memberSince(since, contact);

const memberOfMark = (mark: string): Member => {
  const [since = '', contact = ''] = mark.split('#');
  return { since, contact };
};

/** Members of one shard in the order in which they came. @param after a mark: those who came later */
export const readShard = async (
  store: Store,
  {
    segment,
    shard,
    after,
    until,
    limit,
  }: { segment: string; shard: number; after?: string; until: string; limit: number },
): Promise<Member[]> => {
  const items = await store.main.query({
    pk: memberOf(segment, shard),
    index: 'members',
    from: after ?? '0',
    to: until,
    limit: limit + 1,
  });
  return members(items, after).slice(0, limit);
};

/**
 * The newest members first, over all shards. One page asks each shard for as much as the page holds: in
 * all a few units, however many members there are.
 */
export const listMembers = async (
  store: Store,
  { segment, before, limit }: { segment: string; before?: string | undefined; limit: number },
): Promise<Member[]> => {
  const shards = await Promise.all(
    Array.from({ length: memberShards }, (_, shard) =>
      store.main.query({
        pk: memberOf(segment, shard),
        index: 'members',
        ...(before === undefined ? {} : { to: before }),
        descending: true,
        limit: limit + 1,
      }),
    ),
  );
  return members(shards.flat(), before)
    .sort((a, b) => (memberMark(a) < memberMark(b) ? 1 : -1))
    .slice(0, limit);
};

const members = (keys: readonly Record<string, unknown>[], except: string | undefined): Member[] =>
  keys
    .map(({ memberSince: mark }) => String(mark))
    .filter((mark) => mark !== except)
    .map(memberOfMark);
