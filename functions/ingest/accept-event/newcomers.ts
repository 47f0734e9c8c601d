import { durationMs } from '#kernel/durations';
import type { Client } from '#model/client';
import type { Identity } from '#policy/contacts/identity';
import { mailboxOf } from '#policy/contacts/mailbox';
import { findContactIds } from '#store/contacts/identities';
import { countOne } from '#store/contacts/limits';
import type { Store } from '#store/store';

/** Of one read of the store. */
const atOnce = 100;

const unknownOf = async (store: Store, emails: readonly string[]): Promise<string[]> => {
  const owners = await findContactIds(
    store,
    emails.map((value) => ({ kind: 'email', value })),
  );
  return emails.filter((_, i) => owners[i] === undefined);
};

/**
 * Whoever has a write key can name a stranger's mailbox in many spellings, as with a form: addresses that
 * lead to nobody yet are counted with the posts of forms.
 * @returns the addresses of which there are too many, and how many seconds to wait
 */
export const floodedAddresses = async (
  store: Store,
  { limits }: Client,
  events: readonly { identities: readonly Identity[] }[],
): Promise<ReadonlyMap<string, number>> => {
  const named = events.flatMap(({ identities }) => identities.filter(({ kind }) => kind === 'email'));
  const emails = [...new Set(named.map(({ value }) => value))];
  const flooded = new Map<string, number>();
  for (let i = 0; i < emails.length; i += atOnce) {
    const unknown = await unknownOf(store, emails.slice(i, i + atOnce));
    await Promise.all(
      unknown.map(async (email) => {
        const wait = await countOne(
          store,
          {
            ...{ what: 'email', who: mailboxOf(email) },
            ...{ atMost: limits.mailbox, perMs: durationMs(limits.address.per) },
          },
          { who: email, atMost: limits.address.atMost },
        );
        if (wait !== undefined) flooded.set(email, wait);
      }),
    );
  }
  return flooded;
};
