import { newId } from '#kernel/ids';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import { isWritten } from '../table.ts';
import { PartGone, putChunks, readPart, removeChunks } from './import-parts.ts';
import { getImport, type Import, type ImportPart } from './imports.ts';

/** What stands for the row of somebody who was erased while it waited: the rows behind it keep their numbers. */
const erasedRow: readonly string[] = [];
/** Rows of a file have one cell at least. */
export const isErasedRow = (cells: readonly string[]): boolean => cells.length === 0;

/**
 * Writes a part anew without the rows of somebody, beside whoever reads it: they have the one edition or
 * the other. @returns false when it was changed meanwhile, and is to be looked at again
 */
export const forgetRows = async (
  store: Store,
  one: Import,
  number: number,
  isGone: (cells: readonly string[]) => boolean,
): Promise<boolean> => {
  const part = one.parts[number];
  if (!part) return true;
  if (part.former) await removeChunks(store, one.id, number, part.former);
  const waiting = await partOrGone(store, one, number);
  if (!waiting) return isSamePart(store, one, number);
  const rows = waiting.map((cells) => (isGone(cells) ? erasedRow : cells));
  if (rows.every((cells, i) => cells === waiting[i])) return true;
  const edition = newId();
  const anew = { edition, chunks: await putChunks(store, one.id, { number, rows, edition }) };
  if (await noteEdition(store, one.id, number, part, anew)) {
    await removeChunks(store, one.id, number, part);
    return true;
  }
  await removeChunks(store, one.id, number, anew);
  return false;
};

const partOrGone = (...given: Parameters<typeof readPart>): Promise<string[][] | undefined> =>
  readPart(...given).catch((error: unknown) => {
    if (error instanceof PartGone) return undefined;
    throw error;
  });

/** Is it, by now, still the edition that was read of the import? */
export const isSamePart = async (store: Store, { id, parts }: Import, number: number): Promise<boolean> => {
  const now = await getImport(store, id);
  return !now || now.parts[number]?.edition === parts[number]?.edition;
};

const noteEdition = (
  store: Store,
  id: string,
  number: number,
  before: ImportPart,
  anew: Pick<ImportPart, 'chunks' | 'edition'>,
): Promise<boolean> => {
  const { chunks, edition } = before;
  const former = { chunks, ...(edition === undefined ? {} : { edition }) };
  const isAsRead =
    edition === undefined
      ? 'parts.#number.digest = :digest AND attribute_not_exists(parts.#number.edition)'
      : 'parts.#number.digest = :digest AND parts.#number.edition = :edition';
  return isWritten(
    store.catalogue.update(catalogue.import(id), {
      update: 'SET parts.#number = :part',
      condition: `(#status = :open OR #status = :running) AND ${isAsRead}`,
      names: { '#status': 'status', '#number': String(number) },
      values: {
        ...{ ':part': { ...before, ...anew, former }, ':open': 'open', ':running': 'running' },
        ...{ ':digest': before.digest, ...(edition === undefined ? {} : { ':edition': edition }) },
      },
    }),
  );
};
