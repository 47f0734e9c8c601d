import type { Send } from '#model/send';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds, isWritten, type TableWrite } from '../table.ts';
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

/** The provider took it and then would not send it; whatever else is told, before or after, that lasts. */
const rejected = 'rejected';
const isRejected = ({ status, reason }: Partial<Send>): boolean => status === 'failed' && reason === rejected;

type Named = Pick<Send, 'contact' | 'id'> & Partial<Pick<Send, 'status' | 'reason'>>;

/** What another message's report says is not about this one. */
const ours = (providerId: string | undefined): string =>
  providerId === undefined ? '' : ' AND (attribute_not_exists(#providerId) OR #providerId = :providerId)';

const firstOf = ({ times, sentAt, providerId }: Evidence): Record<string, string> => ({
  ...times,
  sentAt,
  ...(providerId === undefined ? {} : { providerId }),
});

const placed = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));

/**
 * Settles a claim whose outcome was not known, and keeps what came first. Late, doubled and out of
 * order is normal: nothing here depends on what came before, but that a rejection lasts.
 */
export const evidenceWrite = (
  store: Store,
  send: Named,
  evidence: Evidence,
): Extract<TableWrite, { update: string }> => {
  const first = firstOf(evidence);
  const names = Object.keys(first);
  const firsts = names.map((n) => `#${n} = if_not_exists(#${n}, :${n})`).join(', ');
  const lasts = isRejected(send);
  return {
    table: store.main,
    key: main.send(send.contact, send.id),
    update: lasts
      ? `SET ${firsts}`
      : `SET #status = :sent, ${firsts} REMOVE unsettled, unsettledAt, #reason, again`,
    condition: `attribute_exists(pk) AND #status <> :skipped AND ${lasts ? '' : 'NOT '}(#status = :failed AND attribute_exists(#reason) AND #reason = :rejected)${ours(evidence.providerId)}`,
    names: {
      '#status': 'status',
      '#reason': 'reason',
      ...Object.fromEntries(names.map((n) => [`#${n}`, n])),
    },
    values: {
      ...placed({ ...first, skipped: 'skipped', failed: 'failed', rejected }),
      ...(lasts ? {} : { ':sent': 'sent' }),
    },
  };
};

/** @returns the message as it is now; undefined when there is none that this could be about */
export const keepEvidence = async (
  store: Store,
  send: Pick<Send, 'contact' | 'id'>,
  evidence: Evidence,
): Promise<Send | undefined> => {
  const { contact, id } = send;
  const keep = async (named: Named) => {
    const { key, ...expression } = evidenceWrite(store, named, evidence);
    return ifHolds(store.main.update(key, expression));
  };
  const item =
    (await keep({ contact, id })) ?? (await keep({ contact, id, status: 'failed', reason: rejected }));
  return item && sendOfItem(item);
};

/**
 * The provider took it and then would not send it (a virus in it, say). Its sender may not have told yet
 * what became of the claim: the claim is not its any more.
 * @returns false when there is no message that this could be about
 */
export const rejectSend = (
  store: Store,
  send: Pick<Send, 'contact' | 'id'>,
  providerId?: string,
): Promise<boolean> =>
  isWritten(
    store.main.update(main.send(send.contact, send.id), {
      update: 'SET #status = :failed, #reason = :rejected REMOVE unsettled, unsettledAt, again, #owner',
      condition: `attribute_exists(pk) AND #status <> :skipped${ours(providerId)}`,
      names: {
        ...{ '#status': 'status', '#reason': 'reason', '#owner': 'owner' },
        ...(providerId === undefined ? {} : { '#providerId': 'providerId' }),
      },
      values: placed({
        ...{ failed: 'failed', skipped: 'skipped', rejected },
        ...(providerId === undefined ? {} : { providerId }),
      }),
    }),
  );
