import { createHash } from 'node:crypto';
import { iso } from '#kernel/clock';
import { catalogue, type DocumentKind } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, type TableWrite, TransactionRefused, transact } from '../table.ts';
import { bumpRevisionWrite } from './journeys.ts';
import { pack, unpack } from './packed.ts';

/** A template, layout, partial, form or segment as it was uploaded, with every default filled in. */
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
const write = async (store: Store, ...parts: TableWrite[]): Promise<boolean> => {
  try {
    await transact(store.dynamodb, [...parts, bumpRevisionWrite(store)]);
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
  const { stored, write: only } = await writeOf(store, { kind, id, document, ...options });
  return (await write(store, only)) ? stored : undefined;
};

export interface NewDocument {
  kind: DocumentKind;
  id: string;
  document: unknown;
  owner: StoredDocument['owner'];
  whenEtag?: string | undefined;
}

const writeOf = async (store: Store, { kind, id, document, owner, whenEtag }: NewDocument) => {
  const key = catalogue.document(kind, id);
  const about = { id, kind, etag: digest(document), updatedAt: iso(store.clock.now()), owner };
  const put = { ...key, ...about, ...(await pack(store, key, document)) };
  return { stored: { ...about, document }, write: { table: store.catalogue, put, ...whileEtag(whenEtag) } };
};

/** DynamoDB takes 100 writes and 4 MB at once. */
const mostAtOnce = 50;

/**
 * A document and others that follow from it. Together as long as they fit one transaction; else the one that
 * they follow from is written last, so that a repeat of what broke off goes over all of them again.
 * @returns the stored document, or undefined when one was changed meanwhile
 */
export const putWithOthers = async (
  store: Store,
  main: NewDocument,
  others: readonly NewDocument[],
): Promise<StoredDocument | undefined> => {
  const { stored, write: last } = await writeOf(store, main);
  const writes = await Promise.all(others.map(async (other) => (await writeOf(store, other)).write));
  while (writes.length >= mostAtOnce)
    if (!(await write(store, ...writes.splice(0, mostAtOnce)))) return undefined;
  return (await write(store, ...writes, last)) ? stored : undefined;
};

/** @returns false when it is no longer the one of `whenEtag` */
export const removeDocument = (
  store: Store,
  kind: DocumentKind,
  id: string,
  whenEtag?: string,
): Promise<boolean> =>
  write(store, { table: store.catalogue, remove: catalogue.document(kind, id), ...whileEtag(whenEtag) });
