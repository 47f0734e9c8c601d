import { createHash } from 'node:crypto';
import { iso } from '#kernel/clock';
import type { TableWrite } from '../contacts/contacts.ts';
import { catalogue, type DocumentKind } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, TransactionRefused, transact } from '../table.ts';
import { bumpRevisionWrite } from './journeys.ts';
import { pack, unpack } from './packed.ts';

/** A template, form or segment as it was uploaded, with every default filled in. */
export interface StoredDocument {
  id: string;
  kind: DocumentKind;
  /** As parsed from what was uploaded; whoever stored it has checked it. */
  document: unknown;
  etag: string;
  updatedAt: string;
  /** Who may change it: the client's folder or the API. */
  owner: 'folder' | 'api';
}

const digest = (document: unknown): string =>
  createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 22);

const fromItem = async (store: Store, item: Item): Promise<StoredDocument> => ({
  id: String(item.id),
  kind: item.kind as DocumentKind,
  document: await unpack(store, { pk: String(item.pk), sk: String(item.sk) }, item),
  etag: String(item.etag),
  updatedAt: String(item.updatedAt),
  owner: item.owner as StoredDocument['owner'],
});

export const getDocument = async (
  store: Store,
  kind: DocumentKind,
  id: string,
): Promise<StoredDocument | undefined> => {
  const item = await store.catalogue.get(catalogue.document(kind, id));
  return item && fromItem(store, item);
};

export const listDocuments = async (store: Store, kind: DocumentKind): Promise<StoredDocument[]> => {
  const items = await store.catalogue.query({ pk: catalogue.documents(kind) });
  return Promise.all(items.filter((item) => item.id !== undefined).map((item) => fromItem(store, item)));
};

const whileEtag = (etag: string | undefined) =>
  etag === undefined ? {} : { condition: 'etag = :etag', values: { ':etag': etag } };

/** @returns false when the condition did not hold */
const write = async (store: Store, part: TableWrite): Promise<boolean> => {
  try {
    await transact(store.dynamodb, [part, bumpRevisionWrite(store)]);
    return true;
  } catch (error) {
    if (error instanceof TransactionRefused) return false;
    throw error;
  }
};

/** @returns the stored document, or undefined when it is no longer the one of `whenEtag` */
export const putDocument = async (
  store: Store,
  kind: DocumentKind,
  id: string,
  document: unknown,
  options: { owner: StoredDocument['owner']; whenEtag?: string | undefined },
): Promise<StoredDocument | undefined> => {
  const key = catalogue.document(kind, id);
  const now = iso(store.clock.now());
  const about = { id, kind, etag: digest(document), updatedAt: now, owner: options.owner };
  const put = { ...key, ...about, ...(await pack(store, key, document)) };
  const written = await write(store, { table: store.catalogue, put, ...whileEtag(options.whenEtag) });
  return written ? { ...about, document } : undefined;
};

/** @returns false when it is no longer the one of `whenEtag` */
export const removeDocument = (
  store: Store,
  kind: DocumentKind,
  id: string,
  whenEtag?: string,
): Promise<boolean> =>
  write(store, { table: store.catalogue, remove: catalogue.document(kind, id), ...whileEtag(whenEtag) });
