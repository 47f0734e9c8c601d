import { gunzipSync, gzipSync } from 'node:zlib';
import { iso } from '#kernel/clock';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, ifHolds, isWritten, TransactionRefused, transact } from '../table.ts';
import { expiry, keptDays, putChunks, removeChunks, removeParts } from './import-parts.ts';

/**
 * An import of contacts: what came of it so far, its parts while they wait, and a result for each row.
 * It stands in the catalogue's table, which has no stream: what a file says of people is nowhere else,
 * and gone when the import is over.
 */

/** One row's result: as spreadsheets count the row, its code, the contact, what was left out. */
export type RowResult = [row: number, code: string, contact: string, notes: string];

export interface ImportOptions {
  /** Of headings, as the caller gave it. */
  mapping: Record<string, string>;
  separator?: string | undefined;
  encoding?: string | undefined;
  /** `ask`: what could be both is refused; so it is in files with semicolons where nothing is said. */
  decimal?: '.' | ',' | 'ask' | undefined;
  dates?: 'DMY' | 'MDY' | undefined;
  consentText?: string | undefined;
  tags: string[];
}

/** `open`: parts are missing; `running`: all are here; `abandoned`: the missing ones never came; `failed`: one is gone. */
type ImportStatus = 'open' | 'running' | 'completed' | 'abandoned' | 'failed';

export interface ImportPart {
  rows: number;
  /** Of what was sent, so that it can be sent again. */
  digest: string;
  chunks: number;
  /** ISO: who was erased later does not come back by it. */
  receivedAt?: string;
  /** Another one when it was written anew, without somebody who was erased. */
  edition?: string;
  /** What it was before, to be removed: a crash may have come between. */
  former?: Pick<ImportPart, 'chunks' | 'edition'>;
}

/** What a column of the file becomes. */
export interface ImportColumn {
  heading: string;
  target: object;
}

export interface Import {
  id: string;
  status: ImportStatus;
  createdAt: string;
  updatedAt: string;
  finishedAt?: string;
  /** Of one that failed. */
  reason?: string;
  options: ImportOptions;
  expected: number;
  /** By number, from 1. */
  parts: Record<string, ImportPart>;
  columns?: ImportColumn[];
  headerRow?: number;
  encoding?: string;
  separator?: string;
  /** The part and the row of it that come next. */
  next: { part: number; row: number };
  done: number;
  counts: Record<string, number>;
}

const importOf = ({ pk, sk, expiresAt, ...item }: Item): Import => item as unknown as Import;

export const getImport = async (store: Store, id: string): Promise<Import | undefined> => {
  const item = await store.catalogue.get(catalogue.import(id));
  return item && importOf(item);
};

/** @returns the one that is there already, where there is one of this id */
export const openImport = async (
  store: Store,
  { id, options, expected }: Pick<Import, 'id' | 'options' | 'expected'>,
): Promise<Import> => {
  const at = iso(store.clock.now());
  const made: Import = {
    ...{ id, status: 'open', createdAt: at, updatedAt: at, options, expected },
    ...{ parts: {}, next: { part: 1, row: 0 }, done: 0, counts: {} },
  };
  const item = { ...catalogue.import(id), ...made, expiresAt: expiry(store, keptDays.head) };
  const isNew = await isWritten(
    store.catalogue.put(item, {
      condition: 'attribute_not_exists(pk) OR #status = :abandoned',
      names: { '#status': 'status' },
      values: { ':abandoned': 'abandoned' },
    }),
  );
  const found = isNew ? made : await getImport(store, id);
  if (!found) throw new Error(`import ${id} was removed the moment it was found`);
  return found;
};

/** Imports that are not over, oldest first. There are few. */
export const listImports = async (store: Store): Promise<Import[]> =>
  (await store.catalogue.query({ pk: catalogue.imports }))
    .map(importOf)
    .filter(({ status }) => status === 'open' || status === 'running')
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));

export interface NewPart {
  number: number;
  rows: readonly string[][];
  digest: string;
  columns: ImportColumn[];
  headerRow: number;
  encoding: string;
  separator: string;
}

/** Durable before it counts; the same part again is the same. @returns the import as it is now */
export const putPart = async (store: Store, id: string, part: NewPart): Promise<Import> => {
  // Before it is written: an erasure that is decided meanwhile finds it by its second look.
  const receivedAt = iso(store.clock.now());
  // The same again is written over itself, and other rows are kept apart.
  const edition = part.digest;
  const chunks = await putChunks(store, id, { ...part, edition });
  const known = { rows: part.rows.length, digest: part.digest, chunks, receivedAt, edition };
  const noted = await ifHolds(notePart(store, id, part, known));
  const found = noted ? importOf(noted) : await getImport(store, id);
  if (!found) throw new Error(`import ${id} was removed while part ${part.number} came`);
  if (found.parts[part.number]?.edition !== edition) await removeChunks(store, id, part.number, known);
  return Object.keys(found.parts).length === found.expected && found.status === 'open'
    ? startImport(store, found)
    : found;
};

/** Once: what came first stays, in the edition that it has by now. */
const notePart = (store: Store, id: string, part: NewPart, known: ImportPart): Promise<Item> => {
  const isFirst = part.number === 1;
  return store.catalogue.update(catalogue.import(id), {
    update: `SET parts.#number = :part, #columns = if_not_exists(#columns, :columns), updatedAt = :at${
      isFirst ? ', headerRow = :row, encoding = :encoding, separator = :separator' : ''
    }`,
    condition: 'attribute_exists(pk) AND attribute_not_exists(parts.#number)',
    names: { '#number': String(part.number), '#columns': 'columns' },
    values: {
      ...{ ':part': known, ':columns': part.columns, ':at': iso(store.clock.now()) },
      ...(isFirst
        ? { ':row': part.headerRow, ':encoding': part.encoding, ':separator': part.separator }
        : {}),
    },
  });
};

const startImport = async (store: Store, { id }: Import): Promise<Import> =>
  importOf(
    await store.catalogue.update(catalogue.import(id), {
      update: 'SET #status = :running',
      condition: '#status <> :completed',
      names: { '#status': 'status' },
      values: { ':running': 'running', ':completed': 'completed' },
    }),
  );

/**
 * What became of some rows, and where to go on, in one transaction. @returns false when somebody else
 * was quicker: then they are at work, and the caller is not
 */
export const saveProgress = async (
  store: Store,
  before: Import,
  after: Pick<Import, 'next' | 'done' | 'counts'>,
  results: readonly RowResult[],
): Promise<boolean> => {
  const at = iso(store.clock.now());
  const [first] = results;
  const put = first && {
    ...catalogue.importResult(before.id, first[0]),
    body: gzipSync(JSON.stringify(results)),
    expiresAt: expiry(store, keptDays.head),
  };
  try {
    await transact(store.dynamodb, [
      {
        table: store.catalogue,
        key: catalogue.import(before.id),
        update: 'SET #next = :next, done = :done, counts = :counts, updatedAt = :at',
        condition: 'done = :before AND #status = :running',
        names: { '#next': 'next', '#status': 'status' },
        values: {
          ...{ ':next': after.next, ':done': after.done, ':counts': after.counts, ':at': at },
          ...{ ':before': before.done, ':running': 'running' },
        },
      },
      ...(put ? [{ table: store.catalogue, put }] : []),
    ]);
    return true;
  } catch (error) {
    if (error instanceof TransactionRefused) return false;
    throw error;
  }
};

const endImport = async (store: Store, one: Import, status: ImportStatus, reason?: string): Promise<void> => {
  await removeParts(store, one);
  const expression = {
    update: `SET #status = :ended, finishedAt = :at, updatedAt = :at${reason === undefined ? '' : ', reason = :reason'}`,
    condition: '#status = :before',
    names: { '#status': 'status' },
    values: {
      ...{ ':ended': status, ':before': one.status, ':at': iso(store.clock.now()) },
      ...(reason === undefined ? {} : { ':reason': reason }),
    },
  };
  // Unless somebody else has ended it.
  await ifHolds(store.catalogue.update(catalogue.import(one.id), expression));
  // Nothing is written anew from here on, but it may have been since they were removed.
  await removeParts(store, one);
};

/** Nothing of the file is kept but the results. */
export const finishImport = (store: Store, one: Import): Promise<void> => endImport(store, one, 'completed');
/** A part of it was there no more when its turn came: the rows before it are done, the rest never will be. */
export const failImport = (store: Store, one: Import, number: number): Promise<void> =>
  endImport(
    store,
    one,
    'failed',
    `Part ${number} waited longer than ${keptDays.part} days and is gone. Send the file again.`,
  );
/** What came of it is thrown away; whoever begins it again begins a new one. */
export const abandonImport = (store: Store, one: Import): Promise<void> => endImport(store, one, 'abandoned');

/** Results from a row on, as many whole pages as fit. */
export const readResults = async (
  store: Store,
  id: string,
  { from, limit }: { from: number; limit: number },
): Promise<RowResult[]> => {
  const found: RowResult[] = [];
  const { pk, sk } = catalogue.importResult(id, 0);
  // A page begins before the row that is asked for, never after it.
  const first = await store.catalogue.query({
    ...{ pk, from: sk, to: catalogue.importResult(id, from).sk },
    ...{ descending: true, limit: 1 },
  });
  const start = first[0] ? String(first[0].sk) : catalogue.importResult(id, from).sk;
  const pages = await store.catalogue.query({
    pk,
    from: start,
    to: `R#~`,
    limit: Math.ceil(limit / 100) + 1,
  });
  for (const page of pages) {
    if (found.length >= limit) break;
    const rows = JSON.parse(gunzipSync(page.body as Uint8Array).toString('utf8')) as RowResult[];
    found.push(...rows.filter(([row]) => row >= from));
  }
  return found.slice(0, limit);
};
