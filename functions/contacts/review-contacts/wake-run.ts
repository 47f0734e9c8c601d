import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { noChange } from '#policy/contacts/contact-change';
import type { Entry } from '#store/contacts/agenda';
import { eventWrite } from '#store/contacts/events';
import { main } from '#store/keys';
import type { Store } from '#store/store';
import { TransactionRefused, transact } from '#store/table';

/**
 * Tells the contact's runs that it is time to look again: the run that asked for it judges its exit rules,
 * and asks again if none is true.
 * @returns how many events were stored
 */
export const wakeRun = async (store: Store, { contact, sk, at }: Entry): Promise<number> => {
  const now = iso(store.clock.now());
  const id = `time-${derivedId('watch', contact, sk, at)}`;
  const change = noChange('time');
  const event = {
    ...({ id, contact, type: 'change', name: 'Contact Changed', at: now, happenedAt: now } as const),
    ...({ properties: {}, change, applied: change, depth: 0, state: 'accepted' } as const),
  };
  try {
    await transact(store.dynamodb, [
      eventWrite(store, event),
      {
        table: store.main,
        remove: { ...main.watch(contact, ''), sk },
        condition: 'agendaAt = :at',
        values: { ':at': at },
      },
    ]);
    return 1;
  } catch (error) {
    // Somebody else woke it, or it is to be woken at another time.
    if (error instanceof TransactionRefused) return 0;
    throw error;
  }
};
