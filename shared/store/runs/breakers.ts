import type { Tally, Window } from '#policy/sending/breaker';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { readCounts } from './counters.ts';

const counters = { delivered: '|delivered', bounced: '|hardBounced', complained: '|complained' } as const;

/** Of all versions and steps, as far as the stream was folded. */
export const readTally = async (store: Store, journey: string): Promise<Tally> => {
  const tally = { delivered: 0, bounced: 0, complained: 0 };
  for (const sums of (await readCounts(store, journey)).values())
    for (const [name, n] of sums)
      for (const member of ['delivered', 'bounced', 'complained'] as const)
        if (name.endsWith(counters[member])) tally[member] += n;
  return tally;
};

/** `tripped`: the journey was paused, and what led to it does not count again. */
export type Breaker = Window & { tripped?: boolean };

export const readBreaker = async (store: Store, journey: string): Promise<Breaker | undefined> =>
  (await store.main.get(main.breaker(journey))) as Breaker | undefined;

export const saveBreaker = (store: Store, journey: string, breaker: Breaker): Promise<void> =>
  store.main.put({ ...main.breaker(journey), ...breaker });
