import { iso } from '#kernel/clock';
import { contactOf } from '#kernel/ids';
import { mergeEntries } from '#policy/contacts/merge-contacts';
import { type Key, main } from '../keys.ts';
import { type Entry, readEntries } from '../runs/runs.ts';
import { capWrite, readCaps } from '../sends/sends.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';

/** Both contacts are in one journey, which holds nobody twice: the loser's run has to end first. */
export class TwoRuns extends Error {
  override readonly name = 'TwoRuns';
}
/** More belongs to the contact than one transaction can move. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** Of 100, with room for what else the winner's change writes. */
const mostParts = 70;

const identitiesOfItem = ({ identities }: Item): string[] => [...((identities ?? new Set()) as Set<string>)];

/** Is nothing known of whom it is but the browsers it came from? */
export const isAnonymous = (profile: Item): boolean =>
  identitiesOfItem(profile).every((pk) => pk.startsWith('I#anonymousId#'));

export const identityKeys = (profile: Item): Key[] =>
  identitiesOfItem(profile).map((pk) => ({ pk, sk: 'I' }));

/** From now on its id leads to the winner; nothing else stands here. */
const tombstone = (store: Store, loser: Item, winner: string): TableWrite => {
  const identities = identitiesOfItem(loser);
  const isNamed = identities.length > 0;
  return {
    table: store.main,
    put: {
      ...main.profile(String(loser.id)),
      ...{ kind: 'profile', id: loser.id, rev: Number(loser.rev) + 1 },
      ...{ mergedInto: winner, mergedAt: iso(store.clock.now()) },
    },
    condition: `rev = :rev AND ${isNamed ? 'identities = :seen' : 'attribute_not_exists(identities)'}`,
    values: { ':rev': loser.rev, ...(isNamed ? { ':seen': new Set(identities) } : {}) },
  };
};

const leadWrites = (store: Store, loser: Item, winner: string): TableWrite[] =>
  identityKeys(loser).map((key) => ({
    table: store.main,
    key,
    // `was`: where to look for what was stored before, when a sender repeats it.
    update: 'SET contact = :winner, was = list_append(if_not_exists(was, :none), :lost)',
    condition: 'contact = :loser',
    values: { ':winner': winner, ':loser': loser.id, ':lost': [loser.id], ':none': [] },
  }));

const entryKey = ({ contact, journey, key }: Entry): Key => main.entry(contact, journey, key);

/** As it was read. */
const unchanged = (entry: Entry | undefined) => {
  if (!entry) return { condition: 'attribute_not_exists(pk)' };
  const { count, activeRun } = entry;
  return {
    condition: `#count = :count AND ${activeRun ? 'activeRun = :run' : 'attribute_not_exists(activeRun)'}`,
    names: { '#count': 'count' },
    values: { ':count': count, ...(activeRun ? { ':run': activeRun } : {}) },
  };
};

const entryWrites = (store: Store, lost: Entry, before: Entry | undefined, winner: string): TableWrite[] => {
  const merged = mergeEntries(before, lost);
  if (!merged) throw new TwoRuns(lost.journey);
  const entry = { ...merged, contact: winner };
  const moved: TableWrite[] = [
    { table: store.main, put: { ...entryKey(entry), kind: 'entry', ...entry }, ...unchanged(before) },
    { table: store.main, remove: entryKey(lost), ...unchanged(lost) },
  ];
  return lost.activeRun ? [...moved, holderWrite(store, lost.activeRun, winner)] : moved;
};

/** Runs stay where they are, for their machines and for the links in their messages. */
const holderWrite = (store: Store, run: string, winner: string): TableWrite => ({
  table: store.main,
  key: main.run(contactOf(run), run),
  update: 'SET holder = :winner',
  condition: 'attribute_exists(pk) AND #status <> :ended',
  names: { '#status': 'status' },
  values: { ':winner': winner, ':ended': 'ended' },
});

const allEntryWrites = async (store: Store, winner: string, loser: string): Promise<TableWrite[]> => {
  const lost = await readEntries(store, loser);
  const kept = lost.length === 0 ? [] : await readEntries(store, winner);
  return lost.flatMap((entry) =>
    entryWrites(
      store,
      entry,
      kept.find(({ journey, key }) => journey === entry.journey && key === entry.key),
      winner,
    ),
  );
};

/** Messages that were sent to either count for both. */
const capWrites = async (store: Store, winner: string, loser: string): Promise<TableWrite[]> => {
  const lost = await readCaps(store, loser);
  if (lost.rev === 0) return [];
  const known = await readCaps(store, winner);
  const channels = [...new Set([...Object.keys(known.sentAt), ...Object.keys(lost.sentAt)])];
  const sentAt = Object.fromEntries(
    channels.map((channel) => [
      channel,
      [...(known.sentAt[channel] ?? []), ...(lost.sentAt[channel] ?? [])].sort((a, b) => a - b).slice(-1_000),
    ]),
  );
  return [
    capWrite(store, winner, { sentAt, rev: known.rev }),
    {
      table: store.main,
      remove: main.caps(loser),
      condition: 'rev = :rev',
      values: { ':rev': lost.rev },
    },
  ];
};

const membershipRemovals = async (store: Store, loser: string): Promise<TableWrite[]> => {
  const prefix = main.membership(loser, '').sk;
  const items = await store.main.query({ pk: main.contactPk(loser), prefix });
  return items.map(({ sk }) => ({
    table: store.main,
    remove: { pk: main.contactPk(loser), sk: String(sk) },
  }));
};

/**
 * Parts of the transaction that makes two contacts one: identities, entries and caps move to the winner,
 * events, runs and messages stay where they were stored and are read from there (`history`).
 * @throws TwoRuns, TooMuch
 */
export const mergeWrites = async (store: Store, winner: string, loser: Item): Promise<TableWrite[]> => {
  const id = String(loser.id);
  const writes = [
    tombstone(store, loser, winner),
    ...leadWrites(store, loser, winner),
    ...(await allEntryWrites(store, winner, id)),
    ...(await capWrites(store, winner, id)),
    ...(await membershipRemovals(store, id)),
  ];
  if (writes.length > mostParts) throw new TooMuch(`${writes.length} parts`);
  return writes;
};
