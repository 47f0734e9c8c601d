import type { Send } from '#model/send';
import type { Post, Unanswered } from '#policy/sending/unanswered';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { type TableWrite, TransactionRefused, transact } from '../table.ts';
import { newSendWrite, sendOfItem, suppressionCheck } from './sends.ts';
import { type Brought, takeTurn, unansweredOfItem, unansweredWrite } from './unanswered.ts';

export interface Question {
  /** With `status: 'claimed'` and a fresh `owner`. */
  send: Send;
  address: string;
  /** The consents that are asked for, by their keys; at least one must still be open. */
  keys: readonly string[];
  /** The post that asks for it. */
  post: Post;
  /** How long nobody may have posted the address before it is asked anew. */
  quietMs: number;
}

export type Asked =
  | { kind: 'claimed' }
  | { kind: 'found'; send: Send }
  | { kind: 'refused'; reason: 'changed' | 'suppressed' | 'asked-before' };

/**
 * The claim of the mail that asks, as one transaction: the address is still the contact's and may
 * be asked, something is still to be confirmed, and no other post has brought the mailbox a mail that nobody
 * answered, by whatever form and contact. So a bombed mailbox gets one mail.
 */
export const claimQuestion = async (store: Store, question: Question): Promise<Asked> => {
  const { send, address, post, quietMs } = question;
  const brought = { channel: send.channel, address, post, send: send.id, quietMs };
  const asked = await claimOnce(store, question, brought);
  if (asked.kind !== 'brought') return asked;
  const turn = await takeTurn(store, brought, asked.before);
  const again = turn && (await claimOnce(store, question, turn));
  return again && again.kind !== 'brought' ? again : { kind: 'refused', reason: 'asked-before' };
};

type Claimed = Asked | { kind: 'brought'; before: Unanswered };

const claimOnce = async (store: Store, question: Question, brought: Brought): Promise<Claimed> => {
  const { send, address } = question;
  // Who left may be asked whether the new yes is theirs.
  const guard = { channel: send.channel, address: { field: 'email', value: address }, consent: false };
  try {
    await transact(store.dynamodb, [
      newSendWrite(store, send),
      contactCheck(store, question),
      await suppressionCheck(store, guard),
      await unansweredWrite(store, brought),
    ]);
    return { kind: 'claimed' };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    return readRefusal(error, send);
  }
};

const readRefusal = ({ found }: TransactionRefused, claim: Send): Claimed => {
  const [send, contact, suppression, before] = found;
  if (send)
    return send.owner === claim.owner ? { kind: 'claimed' } : { kind: 'found', send: sendOfItem(send) };
  if (!contact && !suppression && before) return { kind: 'brought', before: unansweredOfItem(before) };
  return { kind: 'refused', reason: contact ? 'changed' : 'suppressed' };
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
