import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import { channelOfField } from '#model/channel';
import type { Identity, IdentityKind } from '#policy/contacts/identity';
import { type Key, main, unsettled } from '../keys.ts';
import { ReadAgain, untilSettled } from '../retry.ts';
import { hashAddress, type Keys } from '../secrets.ts';
import { forgetWrite } from '../sends/unanswered.ts';
import type { Store } from '../store.ts';
import { type Item, ifHolds, keyIn, type TableWrite, TransactionRefused, transact } from '../table.ts';

/** What stays of a contact that was erased: nothing that tells who it was. */
export interface Erasure {
  contact: string;
  /** ISO */
  at: string;
  /** Keyed hashes of its addresses, by channel: what its old links take back. */
  addresses: Readonly<Record<string, readonly string[]>>;
  /** Keyed hashes of its user ids, until nothing is left to be looked at. */
  users?: readonly string[];
  /** Partitions to be emptied: its own, and those of contacts that were merged into it. */
  partitions: readonly string[];
}

/** A transaction takes 100 parts; an address needs three, and a few are for the contact itself. */
const identitiesAtOnce = 20;
const partitionsAtOnce = 20;

export const readErasure = async (store: Store, contact: string): Promise<Erasure | undefined> => {
  const item = await store.main.get(main.erasure(contact));
  return item && erasureOfItem(item);
};
export const erasureOfItem = ({ contact, at, addresses, users, partitions }: Item): Erasure =>
  ({ contact, at, addresses, users: users ?? [], partitions: partitions ?? [] }) as Erasure;

/** `I#email#ada@example.com` */
const identityOf = (pk: string): Identity => {
  const [, kind, ...value] = pk.split('#');
  return { kind: kind as IdentityKind, value: value.join('#') };
};

const channelOf = (pk: string): string | undefined => channelOfField(identityOf(pk).kind);

const hashesOf = async (store: Store, pks: readonly string[]): Promise<Record<string, string[]>> => {
  const keys = await store.keys();
  const addresses = Map.groupBy(pks, channelOf);
  addresses.delete(undefined);
  return Object.fromEntries(
    [...addresses].map(([channel = '', of]) => [
      channel,
      of.map((pk) => hashAddress(keys, channel, identityOf(pk).value)),
    ]),
  );
};

const hashOf = (keys: Keys, { kind, value }: Identity): string =>
  hashAddress(keys, channelOfField(kind) ?? kind, value);

const usersOf = async (store: Store, pks: readonly string[]): Promise<string[]> => {
  const keys = await store.keys();
  return pks
    .map(identityOf)
    .filter(({ kind }) => kind === 'userId')
    .map((user) => hashOf(keys, user));
};

/** Tells who was erased by ids and identities, which are known by their hashes only. */
export const recogniser = async (
  store: Store,
  { addresses, users = [], partitions }: Erasure,
): Promise<(given: { id?: string; identities: readonly Identity[] }) => boolean> => {
  const keys = await store.keys();
  const hashes = new Set([...Object.values(addresses).flat(), ...users]);
  return ({ id, identities }) =>
    (id !== undefined && partitions.includes(id)) ||
    identities.some((identity) => hashes.has(hashOf(keys, identity)));
};

/** A stronger reason that stands there already stays. */
const suppressWrite = (store: Store, channel: string, hash: string, at: string): TableWrite => ({
  table: store.main,
  key: main.suppression(channel, hash),
  update: 'SET #reason = if_not_exists(#reason, :reason), #at = if_not_exists(#at, :at), erasedAt = :at',
  names: { '#reason': 'reason', '#at': 'at' },
  values: { ':reason': 'unsubscribe', ':at': at },
});

const markDays = 30;
const markExpiry = (at: string): number => Math.floor(Date.parse(at) / 1000) + markDays * 86_400;

/** A user id is no address: only that it was erased is remembered, for as long as files may wait. */
const userWrites = async (store: Store, pks: readonly string[], at: string): Promise<TableWrite[]> => {
  const users = pks.map(identityOf).filter(({ kind }) => kind === 'userId');
  const expiresAt = markExpiry(at);
  return Promise.all(
    users.map(async (user) => ({
      table: store.main,
      put: { ...(await markKey(store, user)), erasedAt: at, expiresAt },
    })),
  );
};

const markKey = async (store: Store, { kind, value }: Identity): Promise<Key> => {
  const channel = channelOfField(kind) ?? kind;
  return main.suppression(channel, hashAddress(await store.keys(), channel, value));
};

/** Was any of them erased after that time (ISO)? */
export const wereErasedSince = async (
  store: Store,
  identities: readonly Identity[],
  since: string,
): Promise<boolean> => {
  if (identities.length === 0) return false;
  const marks = await store.main.getMany(
    await Promise.all(identities.map((identity) => markKey(store, identity))),
  );
  return marks.some(({ erasedAt }) => typeof erasedAt === 'string' && erasedAt > since);
};

/** What a post brought to their addresses; who wants nothing more by posts goes on having it so. */
const unansweredWrites = async (store: Store, pks: readonly string[]): Promise<TableWrite[]> => {
  const writes = await Promise.all(
    pks.map((pk) => {
      const channel = channelOf(pk);
      return channel && forgetWrite(store, { channel, address: identityOf(pk).value });
    }),
  );
  const byKey = new Map(writes.flatMap((write) => (write ? [[write.remove.pk, write]] : [])));
  return [...byKey.values()];
};

/** Nothing leads here any more, and nobody writes to these addresses unless they ask for it anew. */
const forgetWrites = async (store: Store, pks: readonly string[], at: string): Promise<TableWrite[]> => {
  const hashes = await hashesOf(store, pks);
  return [
    ...pks.map((pk): TableWrite => ({ table: store.main, remove: { pk, sk: 'I' } as Key })),
    ...(await userWrites(store, pks, at)),
    ...(await unansweredWrites(store, pks)),
    ...Object.entries(hashes).flatMap(([channel, all]) =>
      all.map((hash) => suppressWrite(store, channel, hash, at)),
    ),
  ];
};

const identitiesOf = ({ identities }: Item): string[] => [...((identities ?? new Set()) as Set<string>)];

const markWrites = (store: Store, { partitions, users = [], ...erasure }: Erasure): TableWrite[] =>
  partitions.slice(0, partitionsAtOnce).map((contact) => {
    const isRoot = contact === erasure.contact;
    const open = { unsettled: unsettled('erasing', contact), unsettledAt: erasure.at, users, partitions };
    const put = {
      ...{ ...main.erasure(contact), kind: 'erasure', ...erasure, contact },
      ...(isRoot ? open : {}),
      // Of a visitor there are no mails with links: the mark is for what was under way.
      ...(Object.keys(erasure.addresses).length === 0 ? { expiresAt: markExpiry(erasure.at) } : {}),
    };
    return { table: store.main, put };
  });

/**
 * From its commit on the contact is gone: no claim succeeds, nothing leads to it, and what is known of it
 * is no longer shown. What happened to it is still to be removed: `partitions` of the answer.
 * @param profile as it was read just now; a change since makes it be read again
 */
const decide = async (store: Store, profile: Item): Promise<Erasure> => {
  const contact = String(profile.id);
  const at = iso(store.clock.now());
  const all = identitiesOf(profile);
  const [now, later] = [all.slice(0, identitiesAtOnce), all.slice(identitiesAtOnce)];
  const erasure: Erasure = {
    ...{ contact, at, addresses: await hashesOf(store, all), users: await usersOf(store, all) },
    partitions: [contact, ...((profile.merged ?? []) as string[])],
  };
  const left = {
    ...main.profile(contact),
    ...{ kind: 'profile', id: contact, erasedAt: at, rev: Number(profile.rev) + 1 },
    ...(later.length > 0 ? { identities: new Set(later) } : {}),
  };
  const seen = all.length > 0;
  const gone: TableWrite = {
    table: store.main,
    put: left,
    condition: `rev = :rev AND ${seen ? 'identities = :seen' : 'attribute_not_exists(identities)'}`,
    values: { ':rev': profile.rev, ...(seen ? { ':seen': new Set(all) } : {}) },
  };
  try {
    await transact(store.dynamodb, [
      gone,
      ...markWrites(store, erasure),
      ...(await forgetWrites(store, now, at)),
    ]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw new ReadAgain('the contact changed meanwhile', { cause: error });
  }
  return erasure;
};

/** @param read gives the profile as it is now; undefined ends it */
export const decideErasure = (
  store: Store,
  read: () => Promise<Item | undefined>,
): Promise<Erasure | undefined> =>
  untilSettled(async () => {
    const profile = await read();
    return profile && decide(store, profile);
  });

/** Identities that did not fit into the first transaction, and marks of contacts merged into it. */
export const forgetRest = async (store: Store, erasure: Erasure): Promise<void> => {
  const { contact, partitions, at } = erasure;
  const item = await store.main.get(main.profile(contact));
  const rest = item?.erasedAt === undefined ? [] : identitiesOf(item);
  for (let i = 0; i < rest.length; i += identitiesAtOnce)
    await untilSettled(async () =>
      transact(store.dynamodb, await forgetWrites(store, rest.slice(i, i + identitiesAtOnce), at)),
    );
  for (let i = partitionsAtOnce; i < partitions.length; i++)
    for (const write of markWrites(store, { ...erasure, partitions: [partitions[i]!] }))
      if ('put' in write) await store.main.put(write.put);
};

const pageOf = 200;
const removedAtOnce = 16;

/** Removes whatever stands in a partition. @returns how many items there were, or undefined when time was up */
export const emptyPartition = async (
  store: Store,
  contact: string,
  isLate: () => boolean,
): Promise<number | undefined> => {
  let count = 0;
  for (;;) {
    const page = await store.main.query({ pk: main.contactPk(contact), limit: pageOf });
    // The profile goes last: while it stands, it is known that the contact was erased.
    const items = page.filter(({ sk }) => page.length === 1 || sk !== 'PROFILE');
    if (items.length === 0) return count;
    count += items.length;
    await inLanes(removedAtOnce, items, (item) => store.main.remove(keyIn(item)));
    if (isLate()) return undefined;
  }
};

/** It was looked over once more: nothing that was under way when it was decided wrote anything since. */
export const settleErasure = async (store: Store, contact: string): Promise<void> => {
  await store.main.update(main.erasure(contact), {
    update: 'REMOVE unsettled, unsettledAt, #users, #partitions',
    condition: 'attribute_exists(pk)',
    names: { '#users': 'users', '#partitions': 'partitions' },
  });
};

/** A link in a mail to somebody who was erased: nobody writes to the address, whoever has it now. */
export const suppressErased = async (
  store: Store,
  { contact, channel, reason }: { contact: string; channel: string; reason: string },
): Promise<boolean> => {
  const erasure = await readErasure(store, contact);
  const at = iso(store.clock.now());
  // A stronger reason stays.
  for (const hash of erasure?.addresses[channel] ?? [])
    await ifHolds(
      store.main.update(main.suppression(channel, hash), {
        update: 'SET #reason = :reason, #at = :at',
        ...(reason === 'unsubscribe' ? { condition: 'attribute_not_exists(pk) OR #reason = :reason' } : {}),
        names: { '#reason': 'reason', '#at': 'at' },
        values: { ':reason': reason, ':at': at },
      }),
    );
  return erasure !== undefined;
};

/** A late event of somebody who is gone. */
export const removeEvent = (store: Store, contact: string, id: string): Promise<void> =>
  store.main.remove(main.event(contact, id));
