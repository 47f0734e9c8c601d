import { iso } from '#kernel/clock';
import { contactOf, derivedId } from '#kernel/ids';
import { main, unsettled } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item } from '../table.ts';

/** A click that may be one of many: stored, and not yet judged. */
export interface HeldClick {
  id: string;
  contact: string;
  send: string;
  /** Milliseconds. */
  askedAt: number;
  /** Where it leads. */
  url: string;
  /** Stands for the address, as in what was asked for of the message. */
  link: string;
}

export const heldClickOfItem = (item: Item): HeldClick => item as unknown as HeldClick;

export const heldClick = (click: Pick<HeldClick, 'send' | 'askedAt' | 'url' | 'link'>): HeldClick => ({
  ...click,
  id: derivedId('click', click.send, click.link, click.askedAt),
  contact: contactOf(click.send),
});

/** A mark among the unsettled, so that it is judged also when nothing else comes back to it. */
export const putHeldClick = (store: Store, click: HeldClick): Promise<void> =>
  store.main.put({
    ...main.heldClick(click.contact, click.id),
    kind: 'click',
    ...click,
    unsettled: unsettled('click', click.id),
    unsettledAt: iso(click.askedAt),
  });

export const getHeldClick = async (
  store: Store,
  contact: string,
  id: string,
): Promise<HeldClick | undefined> => {
  const item = await store.main.get(main.heldClick(contact, id));
  return item && heldClickOfItem(item);
};

export const heldClicksOf = async (store: Store, contact: string): Promise<HeldClick[]> =>
  (await store.main.query({ pk: main.contactPk(contact), prefix: main.heldClickPrefix })).map(
    heldClickOfItem,
  );

export const dropHeldClick = (store: Store, { contact, id }: HeldClick): Promise<void> =>
  store.main.remove(main.heldClick(contact, id));
