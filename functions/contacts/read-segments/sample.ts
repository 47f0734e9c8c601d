import { chunksOf } from '#kernel/chunks';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { inLanes } from '#kernel/lanes';
import type { Contact } from '#model/contact';
import type { Happening } from '#policy/contacts/contact-facts';
import { contactOfItem } from '#store/contacts/contacts';
import { eventsWithin } from '#store/contacts/events';
import { readShard } from '#store/contacts/memberships';
import { everybody, main, memberShards } from '#store/keys';
import type { Store } from '#store/store';

/** Some contacts, each as likely as any other, and how many there are in all. */
export interface Sample {
  contacts: readonly Contact[];
  of: number;
  /** All of them are in it. */
  isWhole: boolean;
  /** There are more than were listed: the sample is of those who came first. */
  isCut: boolean;
  /** ISO */
  at: string;
  past(contact: Contact, since: number): Promise<readonly Happening[]>;
}

/** The half of a 95 % interval is 3 points at most; with their pasts read, 6. */
const sampleSize = 1_000;
/** A page of the index: up to here all shards are listed, above it one of them. */
const listedWhole = 8_000;
/** Twenty-five pages, some seconds. */
const mostListed = 200_000;
const keptMs = 5 * 60_000;
const atOnce = 100;
const lanes = 8;
/** After every time. */
const end = '~';

/** While somebody types, the same people are asked each time: the figure moves with the words and not with the draw. */
export const createSampler = (store: Store): (() => Promise<Sample>) => {
  let kept: { until: number; sample: Promise<Sample> } | undefined;
  return () => {
    const now = store.clock.now();
    if (kept && now < kept.until) return kept.sample;
    const sample = draw(store);
    kept = { until: now + keptMs, sample };
    sample.catch(() => {
      kept = undefined;
    });
    return sample;
  };
};

const draw = async (store: Store): Promise<Sample> => {
  const { ids, of, isCut } = await listIds(store);
  // Of a number that has nothing to do with who they are: the smallest.
  const chosen = ids
    .map((id) => ({ id, lot: derivedId('sample', id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, sampleSize)
    .map(({ id }) => id);
  const read = (page: string[]) => store.main.getMany(page.map(main.profile), { consistent: false });
  const items = (await inLanes(lanes, chunksOf(chosen, atOnce), read)).flat();
  const now = store.clock.now();
  // Who is gone meanwhile is left out.
  const living = items.filter(({ fields }) => fields !== undefined).map((item) => contactOfItem(item, now));
  const order = new Map(chosen.map((id, i) => [id, i]));
  return {
    contacts: living.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
    of,
    isWhole: of <= chosen.length,
    isCut,
    at: iso(now),
    past: createPast(store),
  };
};

/** Contacts lie in shards by a number made of their id: one shard is an eighth of them, drawn by lot. */
const listIds = async (store: Store): Promise<{ ids: string[]; of: number; isCut: boolean }> => {
  const list = async (shard: number): Promise<string[]> =>
    (await readShard(store, { segment: everybody, shard, until: end, limit: mostListed })).map(
      ({ contact }) => contact,
    );
  const first = await list(0);
  if (first.length > listedWhole)
    return { ids: first, of: first.length * memberShards, isCut: first.length >= mostListed };
  const others = Array.from({ length: memberShards - 1 }, (_, i) => i + 1);
  const ids = [first, ...(await Promise.all(others.map(list)))].flat();
  return { ids, of: ids.length, isCut: false };
};

/** Read once as far back as was ever asked. */
const createPast = (store: Store): Sample['past'] => {
  const known = new Map<string, { since: number; events: Promise<readonly Happening[]> }>();
  return (contact, since) => {
    const found = known.get(contact.id);
    if (found && found.since <= since) return found.events;
    const events = eventsWithin(store, contact, since > 0 ? { since: iso(since) } : {});
    known.set(contact.id, { since, events });
    events.catch(() => known.delete(contact.id));
    return events;
  };
};
