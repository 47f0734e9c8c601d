import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent } from '#model/event';
import { changeBetween } from '#policy/contacts/contact-change';
import { mergeContacts } from '#policy/contacts/merge-contacts';
import { contactOfItem, getProfileItem } from '#store/contacts/contacts';
import { identityKeys, mergeWrites } from '#store/contacts/merges';
import type { Store } from '#store/store';
import type { Item } from '#store/table';
import { type Outcome, record } from './apply.ts';

/** There is nothing to merge any more. */
class OneAlready extends Error {
  override readonly name = 'OneAlready';
}

/** A history holds one person: a few merges are its devices, hundreds are a mistake. */
const mostMerged = 100;

/**
 * Makes one contact of two, in one transaction: from its commit on whatever leads to the loser leads to the
 * winner. The winner's `identity` event tells what it gained, and keeps what the loser's profile said.
 * @param loser id of the contact that ends
 * @param mayMerge asked with the loser's profile as it is in that transaction
 * @returns undefined when there is nothing to merge
 * @throws TwoRuns, TooMuch
 */
export const mergeContact = async (
  store: Store,
  { winner, loser, by }: { winner: string; loser: string; by: string },
  mayMerge: (loser: Item) => boolean,
): Promise<Outcome | undefined> => {
  let lost: Item;
  let into = winner;
  try {
    return await record(store, {
      id: `merge-${derivedId('merge', winner, loser)}`,
      contactId: winner,
      async decide(contact) {
        lost = await required(store, { loser, winner: contact.id }, mayMerge);
        if ((contact.merged?.length ?? 0) >= mostMerged) throw new OneAlready('too many');
        into = contact.id;
        const at = iso(store.clock.now());
        const former = contactOfItem(lost, store.clock.now());
        const merged = mergeContacts(contact, former, at);
        const change = changeBetween(contact, merged, 'merge');
        const { id, createdAt, fields, tags, score, stage, consent, suppressed } = former;
        const profile = { createdAt, fields, tags, score, ...(stage && { stage }), consent, suppressed };
        const event: ContactEvent = {
          ...({
            type: 'identity',
            name: 'Contacts Merged',
            contact: winner,
            depth: 0,
            state: 'accepted',
          } as const),
          id: `merge-${derivedId('merge', winner, loser)}`,
          ...{ at, happenedAt: at, change, properties: { contact: id, by, profile } },
        };
        return { contact: merged, change, event, links: identityKeys(lost) };
      },
      together: async () => mergeWrites(store, into, lost),
    });
  } catch (error) {
    if (error instanceof OneAlready) return undefined;
    throw error;
  }
};

const required = async (
  store: Store,
  { loser, winner }: { loser: string; winner: string },
  mayMerge: (loser: Item) => boolean,
): Promise<Item> => {
  const item = await getProfileItem(store, loser);
  if (!item || item.id === winner || !mayMerge(item)) throw new OneAlready('nothing to merge');
  return item;
};
