import { iso } from '#kernel/clock';
import type { JourneyRecord } from '#model/journey';
import { bumpRevisionWrite, saveJourneyWrite } from '#store/catalogue/journeys';
import { insistently } from '#store/retry';
import { type GateState, setGateWrites } from '#store/runs/gates';
import type { Store } from '#store/store';
import { TransactionRefused, transact } from '#store/table';
import { changedMeanwhile } from './publish.ts';

export interface NewStatus {
  status: JourneyRecord['status'];
  gates: GateState;
  /** Why we paused it ourselves. */
  paused?: JourneyRecord['paused'];
}

/** Record and all gates in one transaction: no claim commits after it (I4). */
export const setStatus = async (
  store: Store,
  before: JourneyRecord,
  { status, gates, paused }: NewStatus,
): Promise<JourneyRecord> => {
  const { paused: _, ...rest } = before;
  const record: JourneyRecord = {
    ...{ ...rest, status, updatedAt: iso(store.clock.now()) },
    ...(paused && { paused }),
  };
  const writes = [
    saveJourneyWrite(store, record),
    bumpRevisionWrite(store),
    ...setGateWrites(store, before.id, gates),
  ];
  try {
    await insistently(() => transact(store.dynamodb, writes));
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw changedMeanwhile(error);
  }
  return { ...record, rev: record.rev + 1 };
};
