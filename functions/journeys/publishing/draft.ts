import { createHash } from 'node:crypto';
import { iso } from '#kernel/clock';
import type { JourneyRecord } from '#model/journey';
import type { Journey } from '#statemachines/document/schema';
import { bumpRevisionWrite, saveDraftWrite, saveJourneyWrite } from '#store/catalogue/journeys';
import { TransactionRefused, transact } from '#store/table';
import type { Services } from '../services.ts';
import { changedMeanwhile } from './publish.ts';

export const draftEtag = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** The draft changes; what is live goes on. Whoever uploads owns the journey from then on. */
export const saveDraft = async (
  { store }: Services,
  before: JourneyRecord | undefined,
  { text, document, owner }: { text: string; document: Journey; owner: JourneyRecord['owner'] },
): Promise<JourneyRecord> => {
  const record: JourneyRecord = {
    status: 'draft',
    ...before,
    id: document.id,
    name: document.name,
    owner,
    draftEtag: draftEtag(text),
    updatedAt: iso(store.clock.now()),
    rev: before?.rev ?? 0,
  };
  try {
    await transact(store.dynamodb, [
      saveJourneyWrite(store, record),
      await saveDraftWrite(store, document.id, { document: text, etag: record.draftEtag }),
      bumpRevisionWrite(store),
    ]);
  } catch (error) {
    if (!(error instanceof TransactionRefused)) throw error;
    throw changedMeanwhile(error);
  }
  return { ...record, rev: record.rev + 1 };
};
