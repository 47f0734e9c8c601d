import { gunzipSync, gzipSync } from 'node:zlib';
import { iso } from '#kernel/clock';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { type Item, ifHolds, isWritten, TransactionRefused, transact } from '../table.ts';

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

const day = 86_400;
const keptDays = { head: 90, part: 7 } as const;
const expiry = (store: Store, days: number): number => Math.floor(store.clock.now() / 1000) + days * day;

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

const chunkBytes = 360 * 1024;

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
  const bytes = gzipSync(JSON.stringify(part.rows));
  const chunks = Math.max(1, Math.ceil(bytes.length / chunkBytes));
  for (let chunk = 0; chunk < chunks; chunk++)
    await store.catalogue.put({
      ...catalogue.importPart(id, part.number, chunk),
      body: bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes),
      expiresAt: expiry(store, keptDays.part),
    });
  const receivedAt = iso(store.clock.now());
  const known = { rows: part.rows.length, digest: part.digest, chunks, receivedAt };
  const found = importOf(await notePart(store, id, part, known));
  return Object.keys(found.parts).length === found.expected && found.status === 'open'
    ? startImport(store, found)
    : found;
};

const notePart = (store: Store, id: string, part: NewPart, known: ImportPart): Promise<Item> => {
  const isFirst = part.number === 1;
  return store.catalogue.update(catalogue.import(id), {
    update: `SET parts.#number = :part, #columns = if_not_exists(#columns, :columns), updatedAt = :at${
      isFirst ? ', headerRow = :row, encoding = :encoding, separator = :separator' : ''
    }`,
    condition: 'attribute_exists(pk)',
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

/** Parts are kept for some days only. */
export class PartGone extends Error {}

export const readPart = async (
  store: Store,
  { id, parts }: Pick<Import, 'id' | 'parts'>,
  number: number,
): Promise<string[][]> => {
  const chunks: Uint8Array[] = [];
  for (let chunk = 0; chunk < (parts[number]?.chunks ?? 0); chunk++) {
    const item = await store.catalogue.get(catalogue.importPart(id, number, chunk));
    if (!item) throw new PartGone(`part ${number} is gone`);
    chunks.push(item.body as Uint8Array);
  }
  return JSON.parse(gunzipSync(Buffer.concat(chunks)).toString('utf8')) as string[][];
};

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

const removeParts = async (store: Store, { id, parts }: Import): Promise<void> => {
  for (const [number, { chunks }] of Object.entries(parts))
    for (let chunk = 0; chunk < chunks; chunk++)
      await store.catalogue.remove(catalogue.importPart(id, Number(number), chunk));
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
