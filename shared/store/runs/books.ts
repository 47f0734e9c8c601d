import type { Definitions } from '#model/report-settings';
import { type Key, main } from '../keys.ts';
import { untilSettled } from '../retry.ts';
import type { Store } from '../store.ts';
import { ifHolds, isWritten } from '../table.ts';

/**
 * Counting begun once, over everything that is stored. What an item adds is written into each book in which it
 * is entered; the book that is read is complete, another one may be in the making.
 */
export interface Book {
  number: number;
  /** Items born later are entered as they come; others when they are marked with this book. '' for the first. */
  from: string;
  /** What it counts by. */
  definitions: Definitions;
}

/** How far the making of a book is. */
export interface Making {
  startedAt: string;
  /** Who asked for it. */
  because: 'asked' | 'settings';
  /** Items that were looked at. */
  looked: number;
  /** Of the table: go on behind it. */
  after?: Record<string, unknown>;
  /** Everything was looked at, and the marks of that pass through the stream. */
  lookedAt?: string;
}

export interface Books {
  /** Number of the book that is read. */
  reading: number;
  books: readonly Book[];
  making?: Making;
  /** When the book that is read was complete. */
  completedAt?: string;
  rev: number;
}

/** Read with a query, which whoever reads counters may do. */
export const readBooks = async (store: Store): Promise<Books | undefined> => {
  const [item] = await store.main.query({ pk: main.books().pk });
  return item as unknown as Books | undefined;
};

export const readingOf = (books: Books | undefined): number => books?.reading ?? 0;

export const newestOf = ({ books }: Pick<Books, 'books'>): Book => books.at(-1)!;

/** As it was read, with a change. @returns false when somebody else changed it meanwhile */
export const saveBooks = (store: Store, books: Omit<Books, 'rev'>, before: Books | undefined) =>
  isWritten(
    untilSettled(() =>
      store.main.put(
        { ...main.books(), kind: 'books', ...books, rev: (before?.rev ?? 0) + 1 },
        before
          ? { condition: 'rev = :rev', values: { ':rev': before.rev } }
          : { condition: 'attribute_not_exists(pk)' },
      ),
    ),
  );

/** Counting begins with the first record: `definitions` are those of now. */
export const beginBooks = async (store: Store, definitions: Definitions): Promise<Books> => {
  const first: Omit<Books, 'rev'> = { reading: 0, books: [{ number: 0, from: '', definitions }] };
  await saveBooks(store, first, undefined);
  const books = await readBooks(store);
  if (!books) throw new Error('the books were not kept');
  return books;
};

/** Enters an item in a book, unless it is there or the item is gone. */
export const markCounted = async (store: Store, key: Key, book: number): Promise<void> => {
  await ifHolds(
    store.main.update(key, {
      update: 'SET #counted = :book',
      condition: 'attribute_exists(pk) AND (attribute_not_exists(#counted) OR #counted < :book)',
      names: { '#counted': 'counted' },
      values: { ':book': book },
    }),
  );
};
