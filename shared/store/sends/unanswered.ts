import { contactOf } from '#kernel/ids';
import { mailboxOf } from '#policy/contacts/mailbox';
import { type Post, quietUntil, timesAfter, type Unanswered } from '#policy/sending/unanswered';
import { type Key, main, never } from '../keys.ts';
import { hashAddress } from '../secrets.ts';
import type { Store } from '../store.ts';
import { type Item, isWritten, type TableWrite } from '../table.ts';

/** What a link says of the address it was sent to, and finds again; nobody can read it back. */
export const addressMark = async (store: Store, channel: string, address: string): Promise<string> =>
  hashAddress(await store.keys(), `confirm:${channel}`, address);

/** One for all spellings of a mailbox. */
const keyOf = async (store: Store, { channel, address }: Address): Promise<Key> =>
  main.unanswered(
    channel,
    await addressMark(store, channel, channel === 'email' ? mailboxOf(address) : address),
  );

interface Address {
  channel: string;
  address: string;
}

/** A message that a post brings to an address. */
export interface Brought extends Address {
  post: Post;
  send: string;
  /** How long nobody may have posted the address before another post may bring it one. */
  quietMs: number;
  /** Whose turn it was, and is over. */
  over?: { before: Unanswered; times: number } | undefined;
}

const rememberedMs = 180 * 86_400_000;
const expiresAt = ({ at }: Post): number => Math.floor((Date.parse(at) + rememberedMs) / 1000);

export const unansweredOfItem = ({ post, send, times, nextAt }: Item): Unanswered => ({
  post: String(post ?? ''),
  send: String(send ?? ''),
  times: Number(times),
  nextAt: String(nextAt),
});

/**
 * Part of the claim of a message: no other post has brought the mailbox one that nobody answered. What the
 * same post brings besides, such as the rest of a series, may follow.
 */
export const unansweredWrite = async (store: Store, brought: Brought): Promise<TableWrite> => {
  const { post, send, quietMs, over } = brought;
  const key = await keyOf(store, brought);
  const times = over?.times ?? 1;
  const names = { '#post': 'post', '#send': 'send', '#times': 'times' };
  const values = {
    ...{ ':post': post.id, ':send': send, ':times': times, ':expiresAt': expiresAt(post) },
    ':nextAt': quietUntil(post.at, times, quietMs),
  };
  if (!over)
    return {
      ...{ table: store.main, key, names, values },
      update:
        'SET #post = :post, #send = :send, #times = if_not_exists(#times, :times), nextAt = if_not_exists(nextAt, :nextAt), expiresAt = if_not_exists(expiresAt, :expiresAt)',
      condition: 'attribute_not_exists(pk) OR #post = :post',
    };
  return {
    ...{ table: store.main, key, names },
    update: 'SET #post = :post, #send = :send, #times = :times, nextAt = :nextAt, expiresAt = :expiresAt',
    condition: '#post = :post OR (#post = :was AND nextAt = :seen)',
    values: { ...values, ':was': over.before.post, ':seen': over.before.nextAt },
  };
};

/** A person followed a link since, or the message surely reached nobody. */
const isAnswered = async (store: Store, { send: id }: Unanswered): Promise<boolean> => {
  const contact = contactOf(id);
  const first = await store.main.get(main.send(contact, id));
  if (!first) return false;
  if (first.status === 'failed' && !first.again) return true;
  const sends = await store.main.query({ pk: main.contactPk(contact), prefix: 'M#', limit: mostSends });
  const since = String(first.at);
  return sends.some(
    ({ clickedAt, channel }) => channel === first.channel && String(clickedAt ?? '') >= since,
  );
};
/** Whoever got more than that did not come by one post. */
const mostSends = 200;

/**
 * Another post has brought the mailbox a message. Is its turn over?
 * @returns the message to be claimed once more; undefined, and noted that it was posted, when it is not
 */
export const takeTurn = async (
  store: Store,
  brought: Brought,
  before: Unanswered,
): Promise<Brought | undefined> => {
  const times = timesAfter(before, brought.post, await isAnswered(store, before));
  if (times !== undefined) return { ...brought, over: { before, times } };
  await prolong(store, brought, before);
  return undefined;
};

const prolong = async (store: Store, brought: Brought, { times }: Unanswered): Promise<void> => {
  const { post, quietMs } = brought;
  await isWritten(
    store.main.update(await keyOf(store, brought), {
      update: 'SET nextAt = :nextAt, expiresAt = :expiresAt',
      condition: 'attribute_exists(pk) AND nextAt < :nextAt',
      values: { ':nextAt': quietUntil(post.at, times, quietMs), ':expiresAt': expiresAt(post) },
    }),
  );
};

/** Part of the erasure of whose address it is. */
export const forgetWrite = async (
  store: Store,
  address: Address,
): Promise<Extract<TableWrite, { remove: Key }> | undefined> => {
  const key = await keyOf(store, address);
  const item = await store.main.get(key);
  return item && item.nextAt !== never ? { table: store.main, remove: key } : undefined;
};

/** The address has answered: part of the transaction that says so. */
export const answeredWrite = async (store: Store, channel: string, address: string): Promise<TableWrite> => ({
  table: store.main,
  remove: await keyOf(store, { channel, address }),
});

/** Who leaves by the mail that asks gets nothing more by what anybody posts. */
export const neverAgainWrite = async (
  store: Store,
  channel: string,
  address: string,
): Promise<TableWrite> => ({
  table: store.main,
  put: { ...(await keyOf(store, { channel, address })), times: 1, nextAt: never },
});
