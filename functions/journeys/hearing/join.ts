import { mergeContact } from '#functions/contacts/changing/merge';
import { getContact, getProfileItem } from '#store/contacts/contacts';
import type { StoredEvent } from '#store/contacts/events';
import { isAnonymous, TooMuch, TwoRuns } from '#store/contacts/merges';
import { readEntries, readRun } from '#store/runs/runs';
import type { Item } from '#store/table';
import type { Services } from '../services.ts';
import { endNow } from './end.ts';

const maxLooks = 3;

/** Somebody with the rights to do so said that they are one; events of websites join browsers only. */
const isAsked = ({ type }: StoredEvent): boolean => type === 'identity';

/** Those to whom its other identities led become one with the event's contact. Harmless when done twice. */
export const joinOthers = async (services: Services, event: StoredEvent): Promise<void> => {
  const mayMerge = (loser: Item) => isAsked(event) || isAnonymous(loser);
  for (const other of event.joins ?? []) {
    // Two people at one browser: each of their events names it, and one read tells.
    const loser = await getProfileItem(services.store, other);
    if (!loser || !mayMerge(loser)) continue;
    await joinContacts(services, { winner: event.contact, loser: other, by: event.id, mayMerge });
  }
};

interface Join {
  winner: string;
  loser: string;
  by: string;
  mayMerge: (loser: Item) => boolean;
}

/** An event's id is the sender's, and may hold anything. */
const idsOf = ({ winner, loser }: Omit<Join, 'mayMerge'>) => ({ winner, loser });

/** A journey that holds both goes on with the winner's run. @returns false when they stay two */
const joinContacts = async (services: Services, { mayMerge, ...join }: Join): Promise<boolean> => {
  const { store, context } = services;
  for (let look = 1; look <= maxLooks; look++)
    try {
      const merged = await mergeContact(store, join, mayMerge);
      if (merged && !merged.repeated) context.log.info('contacts-merged', idsOf(join));
      return merged !== undefined;
    } catch (error) {
      if (error instanceof TooMuch) {
        context.log.warn('contacts-not-merged', { ...idsOf(join), reason: 'too-much' });
        return false;
      }
      if (!(error instanceof TwoRuns)) throw error;
      await endDoubles(services, join);
    }
  throw new Error('runs began with each look; try again');
};

const endDoubles = async (services: Services, { winner, loser }: Omit<Join, 'mayMerge'>): Promise<void> => {
  const { store } = services;
  const [kept, lost] = await Promise.all([getContact(store, winner), getContact(store, loser)]);
  if (!kept || !lost) return;
  const known = await readEntries(store, kept.id);
  for (const { journey, key, activeRun } of await readEntries(store, lost.id)) {
    const isDouble = known.some((entry) => entry.activeRun && entry.journey === journey && entry.key === key);
    const run = isDouble && activeRun ? await readRun(store, activeRun) : undefined;
    if (run) await endNow(services, run, { ended: { how: 'exited', as: 'merged' } });
  }
};
