import { iso } from '#kernel/clock';
import { areWatermarksFolded, forgetWatermarks, putWatermarks } from '#store/contacts/watermarks';
import { type Books, type Making, markCounted, newestOf, readBooks, saveBooks } from '#store/runs/books';
import { type Scanned, scanItems } from '#store/runs/scan-items';
import type { Store } from '#store/store';
import { isKind } from '../fold-counts/counted.ts';
import { isEntered } from '../fold-counts/entries.ts';

const perPage = 500;
const atOnce = 20;
/** All that tells whether an item is entered. */
const members = ['kind', 'counted', 'at', 'startedAt', 'createdAt', 'since', 'bornAt', 'erasedAt', 'book'];

const markName = (book: number): string => `book-${book}`;

/** Of a row of counters; what is kept belongs to all of them. */
const bookOf = (sk: string): number =>
  sk.startsWith('K#') ? Number.POSITIVE_INFINITY : Number(/^B(\d+)#/.exec(sk)?.[1] ?? 0);

/** Of a counting that nobody reads any more. */
const isOld = ({ pk, sk, kind, book }: Scanned, reading: number): boolean =>
  pk.startsWith('COUNT#') ? bookOf(sk) < reading : kind === 'customer' && Number(book) < reading;

const enterPage = async (store: Store, items: readonly Scanned[], books: Books): Promise<void> => {
  const book = newestOf(books);
  const open = items.filter(
    (item) =>
      isKind(item.kind) && item.kind !== 'customer' && item.erasedAt === undefined && !isEntered(item, book),
  );
  for (let i = 0; i < open.length; i += atOnce)
    await Promise.all(
      open.slice(i, i + atOnce).map(({ pk, sk }) => markCounted(store, { pk, sk }, book.number)),
    );
  for (const { pk, sk } of items.filter((item) => isOld(item, books.reading)))
    await store.main.remove({ pk, sk });
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
