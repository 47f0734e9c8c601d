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

export interface Noted {
  /** Of the message. */
  run: string;
  one: AskedLink;
  /** All that was asked for so far. */
  asked: readonly AskedLink[];
}

/** Notes it on the message. @returns nothing of an unknown message */
export const noteAsked = async (store: Store, sendId: string, url: string): Promise<Noted | undefined> => {
  const one: AskedLink = { at: store.clock.now(), link: derivedId('link', url) };
  const key = main.send(contactOf(sendId), sendId);
  const send =
    (await ifHolds(
      store.main.update(key, {
        update: 'SET asked = list_append(if_not_exists(asked, :none), :one)',
        condition: 'attribute_exists(pk) AND (attribute_not_exists(asked) OR size(asked) < :most)',
        values: { ':none': [], ':one': [one], ':most': most },
      }),
    )) ?? (await store.main.get(key));
  return send && { run: String(send.run), one, asked: (send.asked ?? []) as AskedLink[] };
};

export const askedLinks = async (store: Store, sendId: string): Promise<readonly AskedLink[]> =>
  ((await store.main.get(main.send(contactOf(sendId), sendId)))?.asked ?? []) as AskedLink[];
