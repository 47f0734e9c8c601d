import { iso } from '#kernel/clock';
import type { Send } from '#model/send';
import { history } from '#store/contacts/events';
import type { Store } from '#store/store';

/** Mails in a row, this one among them; the first of them so long ago at most. */
const mostBounces = 5;
const withinDays = 60;

/** A mailbox that is full today may take the next mail; one that took none of the last five is given up, softly. */
export const bouncesAlways = async (store: Store, { id, contact, channel }: Send): Promise<boolean> => {
  const since = iso(store.clock.now() - withinDays * 86_400_000);
  const items = await history(store, contact, { since, newestFirst: true, limit: 300 });
  const answered = items.filter(
    (item) =>
      item.kind === 'send' &&
      item.channel === channel &&
      (item.bouncedAt || item.deliveredAt || item.id === id),
  ) as Send[];
  const inARow = answered.findIndex((send) => send.id !== id && (send.deliveredAt || !send.bouncedAt));
  return (inARow < 0 ? answered.length : inARow) >= mostBounces;
};
