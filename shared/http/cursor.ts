import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import type { Store } from '#store/store';

/**
 * Where the next page of a list begins, signed for that list: whatever else is sent is refused before it
 * reaches a query. A cursor holds no more than the page before has shown.
 */

const sign = async (store: Store, list: string, place: string): Promise<string> => {
  const { hashing } = await store.keys();
  return createHmac('sha256', hashing).update(`cursor\n${list}\n${place}`).digest('base64url').slice(0, 22);
};

/** @param list what is listed, with everything that decides which: a cursor of another list is none of this one */
export const sealCursor = async (store: Store, list: string, place: string): Promise<string> =>
  `${Buffer.from(place).toString('base64url')}.${await sign(store, list, place)}`;

const refused = (): Refusal =>
  new Refusal(400, 'invalid-cursor', 'Pass "next" of the page before as it is, or begin without.');

/** @returns `limit`, else as many as one page may hold */
export const limitIn = (query: URLSearchParams, most: number): number => {
  const limit = Number(query.get('limit') ?? most);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw new Refusal(400, 'invalid-query', `"limit" is a number from 1 to ${most}.`);
};

/** @returns undefined for the first page */
export const openCursor = async (
  store: Store,
  list: string,
  text: string | null,
): Promise<string | undefined> => {
  if (text === null) return undefined;
  const [, encoded = '', given = ''] = /^([\w-]{1,2000})\.([\w-]{22})$/.exec(text) ?? [];
  const place = Buffer.from(encoded, 'base64url').toString();
  const wanted = await sign(store, list, place);
  // The same bytes can be written in several ways; only ours is one that we gave out.
  if (Buffer.from(place).toString('base64url') !== encoded) throw refused();
  if (given.length !== wanted.length || !timingSafeEqual(Buffer.from(given), Buffer.from(wanted)))
    throw refused();
  return place;
};
