import { catalogueOf } from '#store/catalogue/catalogue';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { isErasedRow, isSamePart } from '#store/catalogue/forget-rows';
import { PartGone, readPart } from '#store/catalogue/import-parts';
import {
  failImport,
  finishImport,
  getImport,
  type Import,
  type RowResult,
  saveProgress,
} from '#store/catalogue/imports';
import { areLeadsWaiting } from '#store/runs/waiting-leads';
import type { Store } from '#store/store';
import { applyRow } from './apply-row.ts';
import { type Common, type Reading, readRow } from './row.ts';
import { commonOf } from './settings.ts';

/** Rows between two savings: what a crash does again, and finds done. */
const batchRows = 250;
/** Rows of different contacts side by side. */
const lanes = 16;

/** Whoever works on an import for a while: a request, or the minute's round. */
export interface Slice {
  store: Store;
  /** Has its time been used up? */
  isOver(): boolean;
}

interface Loaded {
  number: number;
  rows: string[][];
}

/**
 * Applies rows until the import or the slice is over. Several may work on one import: who comes second
 * to save a batch stops. Each row is applied once, whoever applies it.
 */
export const workOn = async (slice: Slice, id: string): Promise<Import | undefined> => {
  const { store } = slice;
  await catalogueOf(store).renew();
  let now = await getImport(store, id);
  let part: Loaded | undefined;
  while (now?.status === 'running') {
    const { number } = skipEmpty(now);
    if (now.parts[number] === undefined) {
      await finishImport(store, now);
      return getImport(store, id);
    }
    if (slice.isOver()) return now;
    if (part?.number !== number) part = await loadPart(store, now, number);
    if (!part) {
      now = await getImport(store, id);
      continue;
    }
    const after = await workBatch(store, now, part);
    if (!after) return getImport(store, id);
    now = after.import;
    // Those who come by themselves are heard first.
    if (after.isTold && (await areLeadsWaiting(store))) return now;
  }
  return now;
};

/** @returns undefined when it was written anew meanwhile, or is gone and the import has failed */
const loadPart = async (store: Store, one: Import, number: number): Promise<Loaded | undefined> => {
  try {
    return { number, rows: await readPart(store, one, number) };
  } catch (error) {
    if (!(error instanceof PartGone)) throw error;
    if (await isSamePart(store, one, number)) await failImport(store, one, number);
    return undefined;
  }
};

/** The part that comes next: the one after it where all its rows are done. */
const skipEmpty = ({ next, parts }: Import): { number: number; row: number } => {
  const rows = parts[next.part]?.rows ?? 0;
  return next.row < rows ? { number: next.part, row: next.row } : { number: next.part + 1, row: 0 };
};

/** @returns undefined when somebody else has saved this batch */
const workBatch = async (
  store: Store,
  before: Import,
  part: Loaded,
): Promise<{ import: Import; isTold: boolean } | undefined> => {
  const { row } = skipEmpty(before);
  const rows = part.rows.slice(row, row + batchRows);
  const common = commonOf(before, await contactSettingsOf(store));
  const first = firstRow(before) + before.done;
  const { results, isTold } = await applyBatch(store, common, {
    ...{ import: before.id, first, rows },
    receivedAt: before.parts[part.number]?.receivedAt,
  });
  const after = {
    next: { part: part.number, row: row + rows.length },
    done: before.done + rows.length,
    counts: counted(before.counts, results),
  };
  const saved = await saveProgress(store, before, after, results);
  return saved ? { import: { ...before, ...after }, isTold } : undefined;
};

/** As spreadsheets count: the header is a row. */
const firstRow = ({ headerRow = 1 }: Import): number => headerRow + 1;

const counted = (before: Import['counts'], results: readonly RowResult[]): Import['counts'] => {
  const counts = { ...before };
  for (const [, code] of results) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

interface Batch {
  import: string;
  first: number;
  rows: readonly string[][];
  receivedAt: string | undefined;
}

/** Rows of one contact in their order, others side by side. */
const applyBatch = async (
  store: Store,
  common: Common,
  { import: id, first, rows, receivedAt }: Batch,
): Promise<{ results: RowResult[]; isTold: boolean }> => {
  let isTold = false;
  const inTurn = createTurns();
  const one = async (reading: Reading, row: number): Promise<RowResult> => {
    if ('refused' in reading) return [row, reading.refused, '', reading.notes.join('; ')];
    const {
      code,
      contact = '',
      notes,
      isTold: told,
    } = await applyRow(store, { import: id, row, receivedAt }, reading.row);
    isTold ||= told;
    return [row, code, contact, notes.join('; ')];
  };
  const results = rows.map((cells, i): RowResult | Promise<RowResult> => {
    if (isErasedRow(cells)) return [first + i, 'erased-meanwhile', '', ''];
    const reading = readRow(cells, common);
    return inTurn(keysOf(reading), () => one(reading, first + i));
  });
  return { results: await settled(results), isTold };
};

/** All have ended before the first failure is told: nothing goes on behind the caller's back. */
const settled = async <T>(work: readonly (T | Promise<T>)[]): Promise<T[]> => {
  await Promise.allSettled(work);
  return Promise.all(work);
};

const keysOf = (reading: Reading): string[] => {
  if ('refused' in reading) return [];
  const { id, identities } = reading.row;
  return [...(id === undefined ? [] : [id]), ...identities.map(({ kind, value }) => `${kind}#${value}`)];
};

/** Work of the same key one after the other, and no more than so many at once. */
const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  let free = lanes;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    if (free > 0) {
      free--;
      return undefined;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  const run = async <T>(before: readonly unknown[], work: () => Promise<T>): Promise<T> => {
    await Promise.allSettled(before);
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
  return <T>(keys: readonly string[], work: () => Promise<T>): Promise<T> => {
    const before = keys.flatMap((key) => last.get(key) ?? []);
    const mine = run(before, work);
    for (const key of keys) last.set(key, mine);
    return mine;
  };
};
