import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { Condition } from '#conditions/schema';
import { iso } from '#kernel/clock';
import type { Segment } from '#model/segment';
import type { Audience } from '#policy/segments/audience';
import {
  type AudienceRecord,
  audienceOf,
  nextAudience,
  type Present,
} from '#policy/segments/audience-record';
import { catalogueOf } from '../catalogue/catalogue.ts';
import { getClient } from '../catalogue/client.ts';
import { listDocuments } from '../catalogue/documents.ts';
import { listJourneys, readRevision } from '../catalogue/journeys.ts';
import { catalogue } from '../keys.ts';
import { ReadAgain, untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';

/** As new as the catalogue was when its revision was last asked for. */
export const loadAudience = (store: Store): Promise<Audience> =>
  catalogueOf(store).cached('audience', () => untilSettled(() => readAudience(store)));

export const readAudienceRecord = async (store: Store): Promise<AudienceRecord | undefined> => {
  const item = await store.catalogue.get(catalogue.audience());
  return item && (item.record as AudienceRecord);
};

/** Whoever first sees that something was written anew makes the next version of it. */
const readAudience = async (store: Store): Promise<Audience> => {
  const revision = await readRevision(store);
  const present = await readPresent(store);
  const before = await readAudienceRecord(store);
  const now = iso(store.clock.now());
  const next = nextAudience(before, present, { revision, now });
  if (next === before) return audienceOf(before, present);
  if (before && before.revision > revision) throw new ReadAgain('the catalogue changed meanwhile');
  await writeRecord(store, next!, before);
  return audienceOf(next, present);
};

const readPresent = async (store: Store): Promise<Present> => {
  const [client, documents, journeys] = await Promise.all([
    getClient(store),
    listDocuments(store, 'segment'),
    listJourneys(store),
  ]);
  const segments = documents.map(({ id, document, updatedAt }) => {
    const condition = (document as Segment).if as Condition;
    return [id, { if: condition, updatedAt }] as const;
  });
  const entered = journeys.filter(({ status }) => status === 'live' || status === 'paused');
  return {
    zone: client?.timezone ?? 'UTC',
    segments: new Map(segments),
    dates: entered.flatMap(({ dates = [], updatedAt }) =>
      dates.map((trigger) => ({ ...trigger, updatedAt })),
    ),
  };
};

const writeRecord = async (store: Store, record: AudienceRecord, before?: AudienceRecord): Promise<void> => {
  try {
    await store.catalogue.put(
      { ...catalogue.audience(), version: record.version, record },
      before
        ? {
            condition: '#version = :before',
            names: { '#version': 'version' },
            values: { ':before': before.version },
          }
        : { condition: 'attribute_not_exists(pk)' },
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new ReadAgain('the audience was written meanwhile', { cause: error });
  }
};

/**
 * Every contact was looked at for `complete`.
 * @param forgotten versions that no contact stands at any more
 */
export const noteComplete = (
  store: Store,
  { complete, forgotten }: { complete: number; forgotten: readonly number[] },
): Promise<void> =>
  untilSettled(async () => {
    const record = await readAudienceRecord(store);
    if (!record || (record.complete === complete && forgotten.length === 0)) return;
    const former = Object.entries(record.former).filter(([version]) => !forgotten.includes(Number(version)));
    const completeAt = record.complete === complete ? record.completeAt : iso(store.clock.now());
    const next = { ...record, complete, completeAt, former: Object.fromEntries(former) };
    await writeRecord(store, next, record);
  });

/** The stream has carried the members that were found for `counted` into the counters. */
export const noteCounted = (store: Store, counted: number): Promise<void> =>
  untilSettled(async () => {
    const record = await readAudienceRecord(store);
    if (record && (record.counted ?? 0) < counted) await writeRecord(store, { ...record, counted }, record);
  });

/** The record as whoever next looks at the audience will write it: are segments built in their present words? */
export const readComingRecord = async (store: Store): Promise<AudienceRecord | undefined> => {
  const [before, present] = [await readAudienceRecord(store), await readPresent(store)];
  return nextAudience(before, present, { revision: 0, now: iso(store.clock.now()) });
};
