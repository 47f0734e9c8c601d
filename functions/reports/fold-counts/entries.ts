import type { Definitions } from '#model/report-settings';
import type { Book as BookName } from '#store/keys';
import type { Book, Books } from '#store/runs/books';
import { type CountDelta, type Foldable, inParts } from '#store/runs/counters';
import type { Item } from '#store/table';
import { type Counting, contributionsOf, ofWatermark } from './contributions.ts';
import { bornAt, type Counted } from './counted.ts';
import { difference, isGauge } from './rows.ts';

/** What a record of the stream says of one item. */
export interface Change {
  id: string;
  sequence: string;
  /** When it was made (ISO). */
  at: string;
  before: Counted | undefined;
  after: Counted | undefined;
}

/** Who was erased stands there a while, with nothing in it: for the counts that is as good as gone. */
export const isGone = (item: Counted | undefined): item is undefined =>
  item === undefined || (item.kind === 'profile' && item.erasedAt !== undefined);

/**
 * Does it count in this book? What was there before the book is marked with it, once, and is entered by the very
 * record that tells of the mark: so nothing counts twice or never, whatever happens to it meanwhile.
 */
export const isEntered = (item: Readonly<Item>, book: Pick<Book, 'number' | 'from'>): boolean => {
  if (item.kind === 'customer') return item.book === book.number;
  if (book.from === '') return true;
  return Number(item.counted ?? -1) >= book.number || bornAt(item) > book.from;
};

type NameIn = Counting['nameIn'];

const entriesOf = (
  item: Counted | undefined,
  { definitions, ...book }: Book,
  nameIn: NameIn,
): CountDelta[] =>
  isGone(item) || !isEntered(item, book) ? [] : contributionsOf(item, { definitions, nameIn });

const inBook = (book: BookName, deltas: readonly CountDelta[]): CountDelta[] =>
  deltas.map((delta) => ({ ...delta, book }));

/** What happened stays counted when its item is gone; what only was so until then does not. */
const keptOf = (
  { before, after }: Change,
  definitions: Definitions,
  { nameIn, reading }: { nameIn: NameIn; reading: number },
): CountDelta[] => {
  if (isGone(before) || !isGone(after) || before.kind === 'membership') return [];
  if (before.kind === 'customer' && before.book !== reading) return [];
  return contributionsOf(before, { definitions, nameIn }).flatMap(({ counts, ...row }) => {
    const kept = new Map([...counts].filter(([name]) => !isGauge(name)));
    return kept.size === 0 ? [] : [{ ...row, counts: kept }];
  });
};

const named = (of: BookName): string => (of === 0 ? '' : of === 'kept' ? '.k' : `.${of}`);

/** What one change adds to each book. Its parts have names that are the same at each delivery. */
export const foldablesOf = (change: Change, { books, reading }: Books, nameIn: NameIn): Foldable[] => {
  const { id, sequence, before, after } = change;
  const all: [BookName, CountDelta[]][] = books.map((book) => [
    book.number,
    difference(entriesOf(before, book, nameIn), entriesOf(after, book, nameIn)),
  ]);
  const read = books.find(({ number }) => number === reading);
  if (read) all.push(['kept', keptOf(change, read.definitions, { nameIn, reading })]);
  if (after?.kind === 'watermark' && !before) all.push(['kept', [ofWatermark(after)]]);
  return all.flatMap(([book, deltas]) =>
    inParts(inBook(book, deltas)).map((part, i) => ({
      id: `${id}${named(book)}${i === 0 ? '' : `:${i}`}`,
      sequence,
      deltas: part,
    })),
  );
};
