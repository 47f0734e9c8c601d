import { gunzipSync, gzipSync } from 'node:zlib';
import { catalogue } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Import, ImportPart } from './imports.ts';

/** The rows of an import while they wait: compressed, in as many items as it takes. */

const day = 86_400;
export const keptDays = { head: 90, part: 7 } as const;
export const expiry = (store: Store, days: number): number =>
  Math.floor(store.clock.now() / 1000) + days * day;

const chunkBytes = 360 * 1024;

export const putChunks = async (
  store: Store,
  id: string,
  { number, rows, edition }: { number: number; rows: readonly (readonly string[])[]; edition: string },
): Promise<number> => {
  const bytes = gzipSync(JSON.stringify(rows));
  const chunks = Math.max(1, Math.ceil(bytes.length / chunkBytes));
  for (let chunk = 0; chunk < chunks; chunk++)
    await store.catalogue.put({
      ...catalogue.importPart(id, number, chunk, edition),
      body: bytes.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes),
      expiresAt: expiry(store, keptDays.part),
    });
  return chunks;
};

export const removeChunks = async (
  store: Store,
  id: string,
  number: number,
  { chunks, edition }: Pick<ImportPart, 'chunks' | 'edition'>,
): Promise<void> => {
  for (let chunk = 0; chunk < chunks; chunk++)
    await store.catalogue.remove(catalogue.importPart(id, number, chunk, edition));
};

/** Parts are kept for some days only. */
export class PartGone extends Error {}

export const readPart = async (
  store: Store,
  { id, parts }: Pick<Import, 'id' | 'parts'>,
  number: number,
): Promise<string[][]> => {
  const chunks: Uint8Array[] = [];
  for (let chunk = 0; chunk < (parts[number]?.chunks ?? 0); chunk++) {
    const key = catalogue.importPart(id, number, chunk, parts[number]?.edition);
    const item = await store.catalogue.get(key);
    if (!item) throw new PartGone(`part ${number} is gone`);
    chunks.push(item.body as Uint8Array);
  }
  return JSON.parse(gunzipSync(Buffer.concat(chunks)).toString('utf8')) as string[][];
};

const removedAtOnce = 8;

/** In whatever edition, also what was written and never counted. */
export const removeParts = async (store: Store, { id }: Import): Promise<void> => {
  for (;;) {
    const pk = catalogue.importPk(id);
    const found = await store.catalogue.query({ pk, prefix: 'P#', limit: removedAtOnce });
    for (const { sk } of found) await store.catalogue.remove({ pk, sk: String(sk) });
    if (found.length < removedAtOnce) return;
  }
};
