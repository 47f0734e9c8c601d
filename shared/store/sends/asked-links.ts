import { contactOf, derivedId } from '#kernel/ids';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';

/** A link of a message that somebody asked for. */
export interface AskedLink {
  /** Milliseconds. */
  at: number;
  /** Stands for the address. */
  link: string;
}

/** One message is asked for no oftener than this; then nobody counts any more (I8). */
const most = 60;

/** Notes it on the message. @returns all that was asked for so far, this one last; nothing of an unknown message */
export const noteAsked = async (store: Store, sendId: string, url: string): Promise<readonly AskedLink[]> => {
  const one: AskedLink = { at: store.clock.now(), link: derivedId('link', url) };
  const send = await ifHolds(
    store.main.update(main.send(contactOf(sendId), sendId), {
      update: 'SET asked = list_append(if_not_exists(asked, :none), :one)',
      condition: 'attribute_exists(pk) AND (attribute_not_exists(asked) OR size(asked) < :most)',
      values: { ':none': [], ':one': [one], ':most': most },
    }),
  );
  return send ? (send.asked as AskedLink[]) : [];
};
