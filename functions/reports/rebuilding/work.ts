import { iso } from '#kernel/clock';
import { areWatermarksFolded, forgetWatermarks, putWatermarks } from '#store/contacts/watermarks';
import type { Key } from '#store/keys';
import { type Books, type Making, markCounted, newestOf, readBooks, saveBooks } from '#store/runs/books';
import { scanItems } from '#store/runs/scan-items';
import type { Store } from '#store/store';
import type { Item } from '#store/table';
import { isKind } from '../fold-counts/contributions.ts';
import { isEntered } from '../fold-counts/entries.ts';

const perPage = 500;
const atOnce = 20;
/** All that tells whether an item is entered. */
const members = [
  ...['pk', 'sk', 'kind', 'counted', 'at', 'startedAt', 'createdAt', 'since', 'bornAt', 'erasedAt', 'book'],
];

const markName = (book: number): string => `book-${book}`;

const isOld = (item: Item, reading: number): boolean =>
  typeof item.pk === 'string' &&
  item.pk.startsWith('COUNT#') &&
  bookOf(String(item.sk)) !== undefined &&
  bookOf(String(item.sk))! < reading;
/** Of a row of counters; undefined for what is kept. */
const bookOf = (sk: string): number | undefined => {
  if (sk.startsWith('K#')) return undefined;
  return Number(/^B(\d+)#/.exec(sk)?.[1] ?? 0);
};

const enterPage = async (store: Store, items: readonly Item[], books: Books): Promise<void> => {
  const book = newestOf(books);
  const open = items.filter(
    (item) =>
      isKind(item.kind) && item.kind !== 'customer' && item.erasedAt === undefined && !isEntered(item, book),
  );
  for (let i = 0; i < open.length; i += atOnce)
    await Promise.all(
      open.slice(i, i + atOnce).map((item) => markCounted(store, item as unknown as Key, book.number)),
    );
  // Of countings that nobody reads any more.
  for (const { pk, sk } of items.filter((item) => isOld(item, books.reading)))
    await store.main.remove({ pk, sk } as unknown as Key);
  for (const item of items)
    if (item.kind === 'customer' && Number(item.book) < books.reading)
      await store.main.remove({ pk: item.pk, sk: item.sk } as unknown as Key);
};

const change = async (store: Store, before: Books, making: Making): Promise<Books> => {
  const { rev: _, ...rest } = before;
  const next = { ...rest, making };
  if (!(await saveBooks(store, next, before))) throw new Error('somebody else counts');
  return { ...next, rev: before.rev + 1 };
};

/** The new book is complete: it is read from now on. */
const finish = async (store: Store, before: Books): Promise<boolean> => {
  const { rev: _, making: __, ...rest } = before;
  const book = newestOf(before);
  if (!(await areWatermarksFolded(store, markName(book.number)))) return false;
  const next = {
    ...rest,
    ...{ reading: book.number, books: [book], completedAt: iso(store.clock.now()) },
  };
  if (!(await saveBooks(store, next, before))) return false;
  await forgetWatermarks(store, markName(book.number));
  return true;
};

/**
 * Goes on with what is counted anew: everything that is stored is marked with the new book, page by page, and
 * enters it through the stream. When the marks behind all of that came through, the book is complete.
 * @returns whether there is more to do
 */
export const workOnRebuild = async (store: Store, isLate: () => boolean): Promise<boolean> => {
  let books = await readBooks(store);
  if (!books?.making) return false;
  while (books.making && books.making.lookedAt === undefined && !isLate()) {
    const { making }: { making: Making } = books as { making: Making };
    const page = await scanItems(store, { members, after: making.after, limit: perPage });
    await enterPage(store, page.items, books);
    const { after: _, ...rest } = making;
    const looked = making.looked + page.items.length;
    if (page.after) books = await change(store, books, { ...rest, looked, after: page.after });
    else {
      await putWatermarks(store, markName(newestOf(books).number));
      books = await change(store, books, { ...rest, looked, lookedAt: iso(store.clock.now()) });
    }
  }
  if (books.making?.lookedAt === undefined) return true;
  return !(await finish(store, books));
};
