import type { Send } from '#model/send';
import type { TableWrite } from '../contacts/contacts.ts';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';
import { sendOfItem } from './sends.ts';

/** What a provider or a reader told of a message; whatever it is, it proves that the message was accepted. */
export interface Evidence {
  /** Members of the send, with when it happened (ISO); the first time stays. */
  times: Partial<
    Record<'deliveredAt' | 'openedAt' | 'clickedAt' | 'bouncedAt' | 'hardBouncedAt' | 'complainedAt', string>
  >;
  /** When the provider accepted it. */
  sentAt: string;
  providerId?: string | undefined;
}

/**
 * Settles a claim whose outcome was not known, and keeps what came first. Late, doubled and out of
 * order is normal: nothing here depends on what came before.
 */
export const evidenceWrite = (
  store: Store,
  send: Pick<Send, 'contact' | 'id'>,
  { times, sentAt, providerId }: Evidence,
): Extract<TableWrite, { update: string }> => {
  const first = { ...times, sentAt, ...(providerId === undefined ? {} : { providerId }) };
  const names = Object.keys(first);
  return {
    table: store.main,
    key: main.send(send.contact, send.id),
    update: `SET #status = :sent, ${names.map((n) => `#${n} = if_not_exists(#${n}, :${n})`).join(', ')} REMOVE unsettled, unsettledAt, reason, again`,
    condition: `attribute_exists(pk) AND #status <> :skipped${ours(providerId)}`,
    names: { '#status': 'status', ...Object.fromEntries(names.map((n) => [`#${n}`, n])) },
    values: {
      ':sent': 'sent',
      ':skipped': 'skipped',
      ...Object.fromEntries(Object.entries(first).map(([n, value]) => [`:${n}`, value])),
    },
  };
};

/** What another message's report says is not about this one. */
const ours = (providerId: string | undefined): string =>
  providerId === undefined ? '' : ' AND (attribute_not_exists(#providerId) OR #providerId = :providerId)';

/** @returns the message as it is now; undefined when there is none that this could be about */
export const keepEvidence = async (
  store: Store,
  send: Pick<Send, 'contact' | 'id'>,
  evidence: Evidence,
): Promise<Send | undefined> => {
  const { key, ...expression } = evidenceWrite(store, send, evidence);
  const item = await ifHolds(store.main.update(key, expression));
  return item && sendOfItem(item);
};

/** The provider took it and then would not send it (a virus in it, say). */
export const rejectSend = async (store: Store, send: Send, reason: string): Promise<void> => {
  await store.main.update(main.send(send.contact, send.id), {
    update: 'SET #status = :failed, reason = :reason REMOVE unsettled, unsettledAt, again',
    condition: 'attribute_exists(pk)',
    names: { '#status': 'status' },
    values: { ':failed': 'failed', ':reason': reason },
  });
};
