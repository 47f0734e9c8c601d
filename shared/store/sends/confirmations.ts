import { iso } from '#kernel/clock';
import type { Send } from '#model/send';
import { mailboxOf } from '#policy/contacts/mailbox';
import type { TableWrite } from '../contacts/contacts.ts';
import { type Key, main, never } from '../keys.ts';
import { hashAddress } from '../secrets.ts';
import type { Store } from '../store.ts';
import { type Item, TransactionRefused, transact } from '../table.ts';
import { newSendWrite, sendOfItem, suppressionCheck } from './sends.ts';

/** What a link says of the address it was sent to, and finds again; nobody can read it back. */
export const addressMark = async (store: Store, channel: string, address: string): Promise<string> =>
  hashAddress(await store.keys(), `confirm:${channel}`, address);

const day = 86_400_000;
/** How long an address that does not answer is left alone: longer after each question. */
const patienceMs = [day, 7 * day, 30 * day] as const;
/** After so long a silence it is as if nobody had asked. */
const rememberedMs = 180 * day;

/** One for all spellings of a mailbox. */
const askingKey = async (store: Store, channel: string, address: string): Promise<Key> =>
  main.asking(channel, await addressMark(store, channel, mailboxOf(address)));

export interface Question {
  /** With `status: 'claimed'` and a fresh `owner`. */
  send: Send;
  address: string;
  /** The consents that are asked for, by their keys; at least one must still be open. */
  keys: readonly string[];
}

export type Asked =
  | { kind: 'claimed' }
  | { kind: 'found'; send: Send }
  | { kind: 'refused'; reason: 'changed' | 'suppressed' | 'asked-before' };

/**
 * The claim of the mail that asks, as one transaction: the address is still the contact's and may
 * be asked, something is still to be confirmed, and nobody asked the address a while ago, by
 * whatever form and contact. So a bombed address gets one mail.
 */
export const claimQuestion = async (store: Store, question: Question): Promise<Asked> => {
  const { send, address } = question;
  // Who left may be asked whether the new yes is theirs.
  const guard = { channel: send.channel, address: { field: 'email', value: address }, consent: false };
  try {
    await transact(store.dynamodb, [
      newSendWrite(store, send),
      contactCheck(store, question),
      await suppressionCheck(store, guard),
      await askingWrite(store, question),
    ]);
    return { kind: 'claimed' };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    return readRefusal(error, send);
  }
};

const readRefusal = ({ found }: TransactionRefused, claim: Send): Asked => {
  const [send, contact, suppression] = found;
  if (send)
    return send.owner === claim.owner ? { kind: 'claimed' } : { kind: 'found', send: sendOfItem(send) };
  const reason = contact ? 'changed' : suppression ? 'suppressed' : 'asked-before';
  return { kind: 'refused', reason };
};

const contactCheck = (store: Store, { send, address, keys }: Question): TableWrite => ({
  table: store.main,
  check: main.profile(send.contact),
  condition: `#fields.#email = :address AND (attribute_not_exists(#suppressed.#channel) OR #suppressed.#channel.#reason = :left) AND (${keys
    .map((_, i) => `attribute_exists(#consent.#k${i}.#pending)`)
    .join(' OR ')})`,
  names: {
    ...{ '#fields': 'fields', '#email': 'email', '#suppressed': 'suppressed', '#channel': send.channel },
    ...{ '#consent': 'consent', '#pending': 'pending', '#reason': 'reason' },
    ...Object.fromEntries(keys.map((key, i) => [`#k${i}`, key])),
  },
  values: { ':address': address, ':left': 'unsubscribe' },
});

/** Another try of the same mail may go on; another mail may not. */
const askingWrite = async (store: Store, { send, address }: Question): Promise<TableWrite> => {
  const key = await askingKey(store, send.channel, address);
  const before = await store.main.get(key);
  const now = store.clock.now();
  const times = before?.send === send.id ? Number(before.times) : Number(before?.times ?? 0) + 1;
  const next = now + (patienceMs[Math.min(times, patienceMs.length) - 1] ?? day);
  const put: Item & Key = { ...key, times, send: send.id, nextAt: iso(next) };
  return {
    table: store.main,
    put: { ...put, expiresAt: Math.floor((now + rememberedMs) / 1000) },
    condition: 'attribute_not_exists(pk) OR #send = :send OR (nextAt <= :now AND #times = :times)',
    names: { '#send': 'send', '#times': 'times' },
    values: { ':send': send.id, ':now': iso(now), ':times': times - 1 },
  };
};

/** The address has answered: part of the transaction that says so. */
export const answeredWrite = async (store: Store, channel: string, address: string): Promise<TableWrite> => ({
  table: store.main,
  remove: await askingKey(store, channel, address),
});

/** Who leaves by the mail that asks is asked no more. */
export const neverAskWrite = async (store: Store, channel: string, address: string): Promise<TableWrite> => ({
  table: store.main,
  put: { ...(await askingKey(store, channel, address)), times: patienceMs.length, nextAt: never },
});
