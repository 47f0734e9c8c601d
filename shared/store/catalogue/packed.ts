import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { catalogue, type Key } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Item } from '../table.ts';

/** DynamoDB takes items of at most 400 KB, names and all. */
const partBytes = 360 * 1024;
const maxUnpackedBytes = 32 * 1024 * 1024;

const cut = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes.length / partBytes)) }, (_, i) =>
    bytes.subarray(i * partBytes, (i + 1) * partBytes),
  );

const partKeys = (key: Key, item: Item): Key[] =>
  Array.from({ length: Number(item.parts) - 1 }, (_, i) => catalogue.part(key, String(item.content), i + 1));

/**
 * Members to put into the item of `key`, the value compressed. What does not fit stands in parts
 * that are written here, before the item that makes them count.
 */
export const pack = async (store: Store, key: Key, value: unknown): Promise<Item> => {
  const bytes = gzipSync(JSON.stringify(value));
  const [body, ...parts] = cut(bytes);
  const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  for (const [i, part] of parts.entries())
    await store.catalogue.put({ ...catalogue.part(key, content, i + 1), part });
  return { body, parts: parts.length + 1, content };
};

export const unpack = async (store: Store, key: Key, item: Item): Promise<unknown> => {
  const parts = [item.body as Uint8Array];
  for (const partKey of partKeys(key, item))
    parts.push((await store.catalogue.get(partKey))?.part as Uint8Array);
  const text = gunzipSync(Buffer.concat(parts), { maxOutputLength: maxUnpackedBytes }).toString('utf8');
  return JSON.parse(text);
};
