import { iso } from '#kernel/clock';
import type { Definitions } from '#model/report-settings';
import { ReadAgain, untilSettled } from '#store/retry';
import { type Books, beginBooks, type Making, newestOf, readBooks, saveBooks } from '#store/runs/books';
import type { Store } from '#store/store';

/**
 * What is born later than that is entered by itself. By then every invocation knows of the new book, and no
 * clock of ours is so far ahead.
 */
const marginMs = 2 * 60_000;

/** Begins to count all anew. One at a time: whoever asks meanwhile gets that one. */
export const beginRebuild = (
  store: Store,
  definitions: Definitions,
  because: Making['because'],
): Promise<Books> =>
  untilSettled(async () => {
    const before = (await readBooks(store)) ?? (await beginBooks(store, definitions));
    if (before.making) return before;
    const now = store.clock.now();
    const book = { number: newestOf(before).number + 1, from: iso(now + marginMs), definitions };
    const making: Making = { startedAt: iso(now), because, looked: 0 };
    const { rev: _, ...books } = before;
    const next = { ...books, books: [...before.books, book], making };
    if (!(await saveBooks(store, next, before))) throw new ReadAgain('the books were changed meanwhile');
    return { ...next, rev: before.rev + 1 };
  });
