import type { JourneyRecord, JourneyVersion } from '#model/journey';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item, TableWrite } from '../table.ts';
import { pack, unpack } from './packed.ts';

const recordOf = ({ pk: _pk, sk: _sk, ...record }: Item): JourneyRecord => record as unknown as JourneyRecord;

export const listJourneys = async (store: Store): Promise<JourneyRecord[]> =>
  (await store.catalogue.query({ pk: catalogue.journeys })).map(recordOf);

export const readJourney = async (store: Store, id: string): Promise<JourneyRecord | undefined> => {
  const item = await store.catalogue.get(catalogue.journey(id));
  return item && recordOf(item);
};

/** Part of a transaction: `record` replaces revision `record.rev` (0: there is none yet) and becomes the next. */
export const saveJourneyWrite = (store: Store, record: JourneyRecord): TableWrite => ({
  table: store.catalogue,
  put: { ...catalogue.journey(record.id), ...record, rev: record.rev + 1 },
  ...(record.rev === 0
    ? { condition: 'attribute_not_exists(pk)' }
    : { condition: 'rev = :rev', values: { ':rev': record.rev } }),
});

export interface Draft {
  document: string;
  etag: string;
}

export const readDraft = async (store: Store, id: string): Promise<Draft | undefined> => {
  const key = catalogue.draft(id);
  const item = await store.catalogue.get(key);
  return item && { document: (await unpack(store, key, item)) as string, etag: String(item.etag) };
};

/** Part of the transaction that saves the record with the same `draftEtag`. */
export const saveDraftWrite = async (store: Store, id: string, draft: Draft): Promise<TableWrite> => {
  const key = catalogue.draft(id);
  return {
    table: store.catalogue,
    put: { ...key, etag: draft.etag, ...(await pack(store, key, draft.document)) },
  };
};

/** Part of the transaction that makes it count. A version is written once and never again. */
export const newVersionWrite = async (store: Store, version: JourneyVersion): Promise<TableWrite> => {
  const key = catalogue.version(version.journey, version.version);
  const { document, asl, templates, ...members } = version;
  return {
    table: store.catalogue,
    put: { ...key, ...members, ...(await pack(store, key, { document, asl, templates })) },
    condition: 'attribute_not_exists(pk)',
  };
};

export const readVersion = async (
  store: Store,
  id: string,
  version: number,
): Promise<JourneyVersion | undefined> => {
  const key = catalogue.version(id, version);
  const item = await store.catalogue.get(key);
  if (!item) return undefined;
  const { journey, publishedAt, versionArn } = item;
  return {
    journey,
    version,
    publishedAt,
    versionArn,
    ...((await unpack(store, key, item)) as object),
  } as JourneyVersion;
};

/** Caches compare this one number; every change of the catalogue adds one. */
export const readRevision = async (store: Store): Promise<number> =>
  Number((await store.catalogue.get(catalogue.revision()))?.rev ?? 0);

export const bumpRevisionWrite = (store: Store): TableWrite => ({
  table: store.catalogue,
  key: catalogue.revision(),
  update: 'ADD rev :one',
  values: { ':one': 1 },
});
