import type { Client } from '#model/client';
import type { Form } from '#model/form';
import type { Segment } from '#model/segment';
import type { DocumentKind } from '../keys.ts';
import type { Store } from '../store.ts';
import { getClient } from './client.ts';
import { getDocument, listDocuments } from './documents.ts';
import { readRevision } from './journeys.ts';

/**
 * What marketers upload, kept in memory for as long as the catalogue's revision stands. A handler
 * makes one for its life and calls `renew` once per invocation: one consistent read. Everything
 * that changes the catalogue bumps the revision in the same transaction.
 */
export interface Catalogue {
  /** @returns the revision that all later reads are at least as new as */
  renew(): Promise<number>;
  /** As `renew`, unless that happened less than `maxAgeMs` ago: for what may lag a little. */
  renewAfter(maxAgeMs: number): Promise<void>;
  /** Loads once per revision; `name` is the cache's key and the caller's to keep apart. */
  cached<T>(name: string, load: () => Promise<T>): Promise<T>;
  client(): Promise<Client>;
  document<T>(kind: DocumentKind, id: string): Promise<T | undefined>;
  documents<T>(kind: DocumentKind): Promise<ReadonlyMap<string, T>>;
  form(id: string): Promise<Form | undefined>;
  segments(): Promise<ReadonlyMap<string, Segment>>;
}

const catalogues = new WeakMap<Store, Catalogue>();

/** The one that all who work with this store share. */
export const catalogueOf = (store: Store): Catalogue => {
  const known = catalogues.get(store) ?? createCatalogue(store);
  catalogues.set(store, known);
  return known;
};

export const createCatalogue = (store: Store): Catalogue => {
  // Replaced, not emptied: a load that began before the change and fails must not empty the new cache.
  let cache = new Map<string, Promise<unknown>>();
  let revision = -1;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let renewing: Promise<number> | undefined;

  const cached = <T>(name: string, load: () => Promise<T>): Promise<T> => {
    const mine = cache;
    const known = mine.get(name);
    if (known) return known as Promise<T>;
    const loading = load();
    mine.set(name, loading);
    loading.catch(() => mine.delete(name));
    return loading;
  };
  const renew = async (): Promise<number> => {
    const startedAt = store.clock.now();
    const now = await readRevision(store);
    if (now > revision) {
      cache = new Map();
      revision = now;
    }
    renewedAt = startedAt;
    return now;
  };
  const document = <T>(kind: DocumentKind, id: string): Promise<T | undefined> =>
    cached(`${kind}#${id}`, async () => (await getDocument(store, kind, id))?.document as T | undefined);
  const documents = <T>(kind: DocumentKind): Promise<ReadonlyMap<string, T>> =>
    cached(
      `${kind}s`,
      async () => new Map((await listDocuments(store, kind)).map((d) => [d.id, d.document as T])),
    );

  return {
    renew,
    cached,
    document,
    documents,
    async renewAfter(maxAgeMs) {
      if (store.clock.now() - renewedAt <= maxAgeMs) return;
      // Calls that wake together share one read.
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      await renewing;
    },
    client: () =>
      cached('client', async () => {
        const client = await getClient(store);
        if (!client) throw new Error('no client was deployed yet');
        return client;
      }),
    form: (id) => document<Form>('form', id),
    segments: () => documents<Segment>('segment'),
  };
};
