import type { Stoppable } from '#model/sending-state';
import { type SendingState, stoppedIn } from '../catalogue/sending.ts';
import { bucket, gateCopies, main } from '../keys.ts';
import { insistently } from '../retry.ts';
import type { Store } from '../store.ts';
import { type Item, type TableWrite, TransactionRefused, transact } from '../table.ts';

/**
 * May a journey act now? Every claim checks one copy inside its transaction, so that no claim commits
 * after a pause did (I4); pausing writes all copies in one transaction. What is stopped of the whole
 * client stands in the gates of each journey (`stopped`), so that it costs a claim nothing.
 */
export type GateState = 'open' | 'paused';

const gateOf = (journey: string, contact: string) => main.gate(journey, bucket(contact, gateCopies));

/** Part of a claim. @param channel of the message; absent where a run does something else */
export const gateOpenCheck = (
  store: Store,
  journey: string,
  contact: string,
  channel?: string,
): TableWrite => ({
  table: store.main,
  check: gateOf(journey, contact),
  condition: `#state = :open AND NOT contains(stopped, :all)${channel ? ' AND NOT contains(stopped, :channel)' : ''}`,
  names: { '#state': 'state' },
  values: { ':open': 'open', ':all': 'all', ...(channel && { ':channel': channel }) },
});

/** Why a gate is closed: its channel where only that is stopped, `all` otherwise. Undefined: it is open. */
export const closedFor = ({ state, stopped }: Item, channel?: string): string | undefined => {
  const has = (what: string): boolean => stopped instanceof Set && stopped.has(what);
  if (state !== 'open' || has('all')) return 'all';
  return channel !== undefined && has(channel) ? channel : undefined;
};

export const isGateOpen = async (
  store: Store,
  journey: string,
  contact: string,
  channel?: string,
): Promise<boolean> =>
  closedFor((await store.main.get(gateOf(journey, contact))) ?? {}, channel) === undefined;

const gateWrites = (
  store: Store,
  journey: string,
  write: Pick<Extract<TableWrite, { update: string }>, 'update' | 'condition' | 'names' | 'values'>,
): TableWrite[] =>
  Array.from({ length: gateCopies }, (_, copy) => ({
    table: store.main,
    key: main.gate(journey, copy),
    ...write,
  }));

/** Parts of the transaction that pauses or resumes a journey; what is stopped of the client stays so. */
export const setGateWrites = (store: Store, journey: string, state: GateState): TableWrite[] =>
  gateWrites(store, journey, {
    update: 'SET #state = :state',
    names: { '#state': 'state' },
    values: { ':state': state },
  });

const stoppedPart = (sending: SendingState): { update: string; values: Item } => {
  const stopped = new Set<Stoppable>(stoppedIn(sending));
  const values: Item = { ':rev': sending.rev };
  return stopped.size === 0
    ? { update: 'SET stopRev = :rev REMOVE stopped', values }
    : { update: 'SET stopRev = :rev, stopped = :stopped', values: { ...values, ':stopped': stopped } };
};

/** Parts of the transaction that publishes a journey for the first time, beside `sendingUnchangedCheck`. */
export const newGateWrites = (store: Store, journey: string, sending: SendingState): TableWrite[] => {
  const { update, values } = stoppedPart(sending);
  return gateWrites(store, journey, {
    update: update.replace('SET ', 'SET #state = :open, '),
    names: { '#state': 'state' },
    values: { ...values, ':open': 'open' },
  });
};

/** All gates of one journey as the client's switch is; those that know of a later change stay. */
export const stopGates = async (store: Store, journey: string, sending: SendingState): Promise<void> => {
  const writes = gateWrites(store, journey, {
    ...stoppedPart(sending),
    condition: 'attribute_not_exists(stopRev) OR stopRev <= :rev',
  });
  try {
    await insistently(() => transact(store.dynamodb, writes));
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
  }
};
