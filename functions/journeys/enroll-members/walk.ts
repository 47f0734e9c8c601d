import type { EnrolmentWork } from '#model/enrolment';
import { type Member, memberMark, readShard } from '#store/contacts/memberships';
import { memberShards, memberSince } from '#store/keys';
import type { Store } from '#store/store';

/** Where an enrolment stands in its segment. */
export type Place = Pick<EnrolmentWork, 'shard' | 'after'>;

export const isAtEnd = ({ shard }: Place): boolean => shard >= memberShards;

/** After every mark of a member who came at that time. */
const endOf = (time: string): string => memberSince(time, '~');

/**
 * The next members in a walk that meets each once: shard by shard, who came first first, and nobody who came
 * after it began.
 */
export const nextMembers = async (
  store: Store,
  { segment, startedAt = '', ...from }: EnrolmentWork,
  size: number,
): Promise<{ members: Member[]; place: Place }> => {
  const members: Member[] = [];
  let place: Place = { shard: from.shard, ...(from.after !== undefined && { after: from.after }) };
  while (!isAtEnd(place) && members.length < size) {
    const limit = size - members.length;
    const found = await readShard(store, { segment, ...place, until: endOf(startedAt), limit });
    members.push(...found);
    place =
      found.length < limit ? { shard: place.shard + 1 } : { ...place, after: memberMark(found.at(-1)!) };
  }
  return { members, place };
};
