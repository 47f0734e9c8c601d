import type { TableWrite } from '../contacts/contacts.ts';
import { bucket, gateCopies, main } from '../keys.ts';
import type { Store } from '../store.ts';

/**
 * May a journey act now? Every claim checks one copy inside its transaction, so that no claim commits
 * after a pause did (I4); pausing writes all copies in one transaction.
 */
export type GateState = 'open' | 'paused';

const gateOf = (journey: string, contact: string) => main.gate(journey, bucket(contact, gateCopies));

/** Part of a claim. */
export const gateOpenCheck = (store: Store, journey: string, contact: string): TableWrite => ({
  table: store.main,
  check: gateOf(journey, contact),
  condition: '#state = :open',
  names: { '#state': 'state' },
  values: { ':open': 'open' },
});

export const isGateOpen = async (store: Store, journey: string, contact: string): Promise<boolean> =>
  (await store.main.get(gateOf(journey, contact)))?.state === 'open';

/** Parts of the transaction that publishes, pauses or resumes. */
export const setGateWrites = (store: Store, journey: string, state: GateState): TableWrite[] =>
  Array.from({ length: gateCopies }, (_, copy) => ({
    table: store.main,
    put: { ...main.gate(journey, copy), state },
  }));
