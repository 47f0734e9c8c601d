import { type Stop, type Stoppable, stoppables } from '#model/sending-state';
import type { Restored } from '#policy/sending/restored';
import { catalogue } from '../keys.ts';
import { ReadAgain, untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { type TableWrite, TransactionRefused, transact } from '../table.ts';
import { bumpRevisionWrite } from './journeys.ts';

/** What is stopped of a client, whichever journeys it has. */
export interface SendingState {
  rev: number;
  paused: Partial<Record<Stoppable, Stop>>;
  /** The revision that all gates of all journeys carry. */
  spread: number;
  /** ISO: when something was last resumed. */
  resumedAt?: string;
  /** The tables are those of a backup: what may have been sent since is not sent again. */
  restored?: Restored;
}

const nothingPaused: SendingState = { rev: 0, paused: {}, spread: 0 };

export const readSending = async (store: Store): Promise<SendingState> => {
  const item = await store.catalogue.get(catalogue.sending());
  if (!item) return nothingPaused;
  const { pk: _pk, sk: _sk, ...state } = item;
  return state as unknown as SendingState;
};

export const stoppedIn = ({ paused }: SendingState): Stoppable[] =>
  stoppables.filter((what) => paused[what] !== undefined);

const whileRev = ({ rev }: SendingState) =>
  rev === 0
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'rev = :rev', values: { ':rev': rev } };

/** Part of the transaction that makes gates: they are as what is stopped says. */
export const sendingUnchangedCheck = (store: Store, state: SendingState): TableWrite => ({
  table: store.catalogue,
  check: catalogue.sending(),
  ...whileRev(state),
});

/** @param change of what it is now; the same object where there is nothing to change */
export const changeSending = (
  store: Store,
  change: (state: SendingState) => SendingState,
): Promise<SendingState> =>
  untilSettled(async () => {
    const before = await readSending(store);
    const after = change(before);
    if (after === before) return before;
    const next = { ...after, rev: before.rev + 1 };
    const put = { ...catalogue.sending(), ...next };
    try {
      await transact(store.dynamodb, [
        { table: store.catalogue, put, ...whileRev(before) },
        bumpRevisionWrite(store),
      ]);
    } catch (error) {
      throw error instanceof TransactionRefused
        ? new ReadAgain('sending changed meanwhile', { cause: error })
        : error;
    }
    return next;
  });

/** All gates carry it now. */
export const noteSpread = async (store: Store, { rev }: SendingState): Promise<void> => {
  await store.catalogue.update(catalogue.sending(), {
    update: 'SET spread = :rev',
    condition: 'attribute_exists(pk)',
    values: { ':rev': rev },
  });
};
