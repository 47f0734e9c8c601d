import { tooMany } from '#http/limit';
import { durationMs } from '#kernel/durations';
import type { Client } from '#model/client';
import { byStrength, type Identity } from '#policy/contacts/identity';
import { mailboxOf } from '#policy/contacts/mailbox';
import { countOne } from '#store/contacts/limits';
import type { Store } from '#store/store';

/**
 * Posts for one address, and for one mailbox however it is spelled, over all forms: beyond the limit
 * somebody is bombing it. Posts that repeat an earlier one are not counted.
 */
export const refuseFlood = async (
  store: Store,
  { limits }: Client,
  identities: readonly Identity[],
): Promise<void> => {
  const [strongest] = byStrength(identities);
  if (!strongest) return;
  const { kind, value } = strongest;
  const wait = await countOne(
    store,
    {
      what: kind,
      who: kind === 'email' ? mailboxOf(value) : value,
      atMost: limits.mailbox,
      perMs: durationMs(limits.address.per),
    },
    { who: value, atMost: limits.address.atMost },
  );
  if (wait !== undefined)
    throw tooMany(
      wait,
      'too-many-posts',
      'This form was posted too often for this address. Try again later.',
    );
};
