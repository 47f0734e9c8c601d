import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import type { Run, RunWait } from '#model/run';
import type { Send } from '#model/send';
import type { Unanswered } from '#policy/sending/unanswered';
import { suppressionKey } from '../contacts/suppressions.ts';
import { main, unsettled } from '../keys.ts';
import { closedFor, gateOpenCheck } from '../runs/gates.ts';
import { runActiveWrite } from '../runs/runs.ts';
import type { Store } from '../store.ts';
import { type Item, isWritten, type TableWrite, TransactionRefused, transact } from '../table.ts';
import { type Brought, unansweredOfItem, unansweredWrite } from './unanswered.ts';

export const sendOfItem = (item: Item): Send => {
  const { pk: _pk, sk: _sk, kind: _kind, unsettled: _u, unsettledAt: _at, expiresAt: _end, ...rest } = item;
  const { asked: _asked, counted: _counted, ...send } = rest;
  return send as unknown as Send;
};

export const readSend = async (store: Store, contact: string, id: string): Promise<Send | undefined> => {
  const item = await store.main.get(main.send(contact, id));
  return item && sendOfItem(item);
};

/** What must still be true of the contact when the claim commits. */
interface ContactGuard {
  contact: Contact;
  channel: string;
  /** Field and value the message is addressed to. */
  address: { field: string; value: string };
  /** Marketing needs consent of the channel, and none taken back for the topic. */
  consent: boolean;
  topic?: string | undefined;
}

/** When messages were claimed, by channel, newest last; `rev` is the condition. */
export interface CapUse {
  sentAt: Readonly<Record<string, readonly number[]>>;
  rev: number;
}

export interface Claim {
  /** With `status: 'claimed'` and a fresh `owner`. */
  send: Send;
  run: Run;
  /** Absent for messages to colleagues. */
  guard?: ContactGuard;
  cap?: CapUse;
  /** Where what anybody could post brings it to somebody who did not answer yet. */
  brought?: Brought | undefined;
  /** What the step writes beside its message, with the first claim of it. */
  also?: readonly TableWrite[];
  /** The wait that the run comes to with the message. */
  wait?: RunWait | undefined;
  /** How the wait that is over ended, and that the next one began. */
  waits?: readonly TableWrite[];
}

export type Claimed =
  | { kind: 'claimed' }
  /** There is a record already: our own earlier attempt, or another's. */
  | { kind: 'found'; send: Send }
  | { kind: 'refused'; by: 'run' | 'contact' | 'suppression' | 'cap' }
  /** `paused`: the channel where only that is, else `all`. */
  | { kind: 'refused'; by: 'gate'; paused: string }
  /** Another post brought the address a message that nobody answered. */
  | { kind: 'brought'; before: Unanswered };

/** Rule 2 of the invariants, as one transaction. */
export const claimSend = async (store: Store, claim: Claim): Promise<Claimed> => {
  try {
    await transact(store.dynamodb, [
      newSendWrite(store, claim.send),
      runActiveWrite(store, claim.run, { wait: claim.wait, admitted: claim.brought?.channel }),
      gateOpenCheck(store, claim.run.journey, claim.run.contact, claim.send.channel),
      ...(claim.guard ? [contactCheck(store, claim.guard), await suppressionCheck(store, claim.guard)] : []),
      ...(claim.brought ? [await unansweredWrite(store, claim.brought)] : []),
      ...(claim.cap ? [capWrite(store, claim.guard?.contact.id ?? claim.run.contact, claim.cap)] : []),
      ...(claim.waits ?? []),
      ...(claim.also ?? []),
    ]);
    return { kind: 'claimed' };
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    return readRefusal(error, claim);
  }
};

const readRefusal = ({ found }: TransactionRefused, claim: Claim): Claimed => {
  const [send, run, gate, ...others] = found;
  // Our own claim, of which we had not heard: the SDK asked twice.
  if (send)
    return send.owner === claim.send.owner ? { kind: 'claimed' } : { kind: 'found', send: sendOfItem(send) };
  if (run) return { kind: 'refused', by: 'run' };
  if (gate) return { kind: 'refused', by: 'gate', paused: closedFor(gate, claim.send.channel) ?? 'all' };
  if (!claim.guard) return { kind: 'refused', by: 'cap' };
  const [contact, suppression, brought] = others;
  if (claim.brought && !contact && !suppression && brought)
    return { kind: 'brought', before: unansweredOfItem(brought) };
  return { kind: 'refused', by: contact ? 'contact' : suppression ? 'suppression' : 'cap' };
};

/** Part of a claim: refused, and the record found, when an earlier one made it. */
export const newSendWrite = (store: Store, send: Send): TableWrite => ({
  table: store.main,
  put: {
    ...main.send(send.contact, send.id),
    kind: 'send',
    ...send,
    ...store.keptUntil(send.at),
    ...(send.status === 'claimed' ? { unsettled: unsettled('claim', send.id), unsettledAt: send.at } : {}),
  },
  ...conditionOf(send),
});

/** The first claim finds nothing; a later one takes up what the provider surely did not accept. */
const conditionOf = ({ status, attempts = 1 }: Send) => {
  const values = { ':true': true };
  if (status !== 'claimed') return { condition: 'attribute_not_exists(pk) OR again = :true', values };
  return attempts === 1
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'again = :true AND attempts < :attempts', values: { ...values, ':attempts': attempts } };
};

/** Suppressed so, one still gets what is not advertising. */
const mildReasons = { ':unsubscribe': 'unsubscribe', ':soft': 'soft-bounce' };

const contactCheck = (
  store: Store,
  { contact, channel, address, consent, topic }: ContactGuard,
): TableWrite => ({
  table: store.main,
  check: main.profile(contact.id),
  condition: [
    '#fields.#field = :address',
    consent
      ? 'attribute_not_exists(#suppressed.#channel)'
      : '(attribute_not_exists(#suppressed.#channel) OR #suppressed.#channel.#reason IN (:unsubscribe, :soft))',
    consent
      ? '#consent.#channel.#given = :true'
      : '(attribute_not_exists(#consent.#channel.#pending) OR #consent.#channel.#pending <> :stranger OR #consent.#channel.#until < :now)',
    ...(consent && topic
      ? ['(attribute_not_exists(#consent.#topic) OR #consent.#topic.#given = :true)']
      : []),
  ].join(' AND '),
  names: {
    '#fields': 'fields',
    '#field': address.field,
    '#suppressed': 'suppressed',
    '#channel': channel,
    '#consent': 'consent',
    ...(consent ? { '#given': 'given' } : { '#pending': 'pending', '#until': 'until', '#reason': 'reason' }),
    ...(consent && topic ? { '#topic': topic } : {}),
  },
  values: {
    ':address': address.value,
    ...(consent
      ? { ':true': true }
      : { ...mildReasons, ':stranger': 'address', ':now': iso(store.clock.now()) }),
  },
});

/** Another contact with the same address may have complained: the address counts, not who has it. */
export const suppressionCheck = async (
  store: Store,
  { channel, address, consent }: Pick<ContactGuard, 'channel' | 'address' | 'consent'>,
): Promise<TableWrite> => ({
  table: store.main,
  check: await suppressionKey(store, channel, address.value),
  ...(consent
    ? { condition: 'attribute_not_exists(pk)' }
    : {
        condition: 'attribute_not_exists(pk) OR #reason IN (:unsubscribe, :soft)',
        names: { '#reason': 'reason' },
        values: mildReasons,
      }),
});

/** `use`: as it is to be, with the `rev` that was read. */
export const capWrite = (store: Store, contact: string, { sentAt, rev }: CapUse): TableWrite => ({
  table: store.main,
  put: { ...main.caps(contact), kind: 'caps', sentAt, rev: rev + 1 },
  ...(rev === 0
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'rev = :rev', values: { ':rev': rev } }),
});

/** The times without that of this message's last claim, which is the time it counts from. */
export const withoutUse = (times: readonly number[], { at }: Send): readonly number[] => {
  const own = times.indexOf(Date.parse(at));
  return own === -1 ? times : times.toSpliced(own, 1);
};

export const withoutUseOf = ({ sentAt, rev }: CapUse, send: Send): CapUse => ({
  sentAt: { ...sentAt, [send.channel]: withoutUse(sentAt[send.channel] ?? [], send) },
  rev,
});

/** Also of a contact to whom nothing was sent. */
export const capsOfItem = (item: Item | undefined): CapUse => ({
  sentAt: (item?.sentAt as CapUse['sentAt'] | undefined) ?? {},
  rev: Number(item?.rev ?? 0),
});

export const readCaps = async (store: Store, contact: string): Promise<CapUse> =>
  capsOfItem(await store.main.get(main.caps(contact)));

/** A message that will not be made, with its reason. A repeat changes nothing; false when a record is there. */
export const skipSend = async (store: Store, send: Send): Promise<boolean> => {
  const write = newSendWrite(store, send);
  if (!('put' in write)) return false;
  const { put, condition, values } = write;
  return isWritten(store.main.put(put, { ...(condition && { condition }), ...(values && { values }) }));
};

export type SendResult =
  | { status: 'sent'; providerId: string }
  | { status: 'failed'; reason: string; again?: boolean }
  | { status: 'indeterminate'; reason: string };

/**
 * What became of a claim, told by its owner. False: another holds it now, or feedback was quicker.
 * `indeterminate` may still become `sent` or `failed` by its owner, who was only thought to be gone; but
 * the run went on without it, and nobody tries it again.
 */
export const settleSend = async (store: Store, send: Send, result: SendResult): Promise<boolean> => {
  const members = { ...result, ...(result.status === 'sent' ? { sentAt: iso(store.clock.now()) } : {}) };
  if (!('again' in result)) return updateClaim(store, send, members, ['claimed', 'indeterminate']);
  // `failed`: our own word, whose answer got lost.
  if (await updateClaim(store, send, members, ['claimed', 'failed'])) return true;
  const { again: _, ...final } = result;
  await updateClaim(store, send, final, ['indeterminate']);
  return false;
};

/** A claim whose owner never told: nobody calls the provider again; feedback may still settle it. */
export const abandonClaim = (store: Store, send: Send, reason: string): Promise<boolean> =>
  updateClaim(store, send, { status: 'indeterminate', reason }, ['claimed']);

/** Of a message whose fate nobody told for days nobody will. It stays `indeterminate`. */
export const closeOpen = (store: Store, send: Send): Promise<boolean> =>
  isWritten(
    store.main.update(main.send(send.contact, send.id), {
      update: 'REMOVE unsettled, unsettledAt',
      condition: 'begins_with(unsettled, :open)',
      values: { ':open': 'open' },
    }),
  );

/** What nobody knows stays listed, and the alarm on, until somebody does or three days passed. */
const openMark = (store: Store, { id }: Send): Item => ({
  unsettled: unsettled('open', id),
  unsettledAt: iso(store.clock.now()),
});

const updateClaim = (store: Store, send: Send, result: Item, from: readonly string[]): Promise<boolean> => {
  const isOpen = result.status === 'indeterminate';
  const members = isOpen ? { ...result, ...openMark(store, send) } : result;
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  const forgotten = [
    ...(isOpen ? [] : ['unsettled', 'unsettledAt']),
    ...(members.reason === undefined ? ['reason'] : []),
    ...(members.again === undefined ? ['again'] : []),
  ];
  return isWritten(
    store.main.update(main.send(send.contact, send.id), {
      update: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE ${forgotten.join(', ')}`,
      condition: `#owner = :owner AND #status IN (${from.map((_, i) => `:from${i}`).join(', ')})`,
      names: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        '#owner': 'owner',
        '#status': 'status',
      },
      values: {
        ...Object.fromEntries(names.map((name) => [`:${name}`, members[name]])),
        ':owner': send.owner ?? '',
        ...Object.fromEntries(from.map((status, i) => [`:from${i}`, status])),
      },
    }),
  );
};
