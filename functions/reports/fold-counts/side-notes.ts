import { dayIn, monthOf } from '#policy/reports/calendar';
import type { Key } from '#store/keys';
import type { Book, Books } from '#store/runs/books';
import { markCounted } from '#store/runs/books';
import { moveCustomer, noteMonths, paidEntry } from '#store/runs/customers';
import { creditRun } from '#store/runs/passed-steps';
import type { Store } from '#store/store';
import { type Counted, ofKind } from './counted.ts';
import { type Change, isEntered, isGone } from './entries.ts';
import { isActivity, orderIn } from './of-event.ts';

/**
 * What must be noted beside the items before they can be counted by themselves. Each note is written once
 * and comes back through the stream, where it is counted; a repeat writes nothing.
 */
export interface Notes {
  store: Store;
  books: Books;
  /** What this function has noted already. */
  noted: Set<string>;
}

const mostNoted = 50_000;
/** Remembered once it is written: a note that failed is written when its batch comes again. */
const once = async (noted: Set<string>, what: string, write: () => Promise<void>): Promise<void> => {
  if (noted.has(what)) return;
  await write();
  if (noted.size >= mostNoted) noted.clear();
  noted.add(what);
};

/** It was there before the newest book began, and is not entered in it yet. */
const enter = async ({ store, books }: Notes, item: Counted, key: Key): Promise<void> => {
  const newest = books.books.at(-1);
  if (!newest || item.kind === 'customer' || isEntered(item, newest)) return;
  await markCounted(store, key, newest.number);
};

const credit = async ({ store }: Notes, { before, after }: Change): Promise<void> => {
  if (after?.kind !== 'run' || after.converted === undefined || after.credited !== undefined) return;
  const { contact, id, converted, counted } = after;
  const was = ofKind('run', before);
  // The second: a run that converted before there were credits, and is entered now.
  if (was?.converted === undefined || was.counted !== counted)
    await creditRun(store, { contact, id, converted });
};

const present = async (
  { store, noted }: Notes,
  event: Counted<'event'>,
  { number, definitions }: Book,
): Promise<void> => {
  const { id, contact } = event;
  const [isThere, value] = [isActivity(event, definitions), orderIn(event, definitions)?.value];
  if (!isThere && value === undefined) return;
  const month = monthOf(dayIn(definitions.timezone, event.happenedAt));
  const months = isThere ? [month] : [];
  const what = value === undefined ? month : `${month}#${id}`;
  const paid = value === undefined ? [] : [paidEntry({ month, id, value })];
  await once(noted, `${number}#${contact}#${what}`, () =>
    noteMonths(store, { contact, book: number }, months, paid),
  );
};

const merge = async ({ store, books }: Notes, item: Counted<'profile'>): Promise<void> => {
  if (item.mergedInto === undefined) return;
  for (const { number } of books.books)
    await moveCustomer(store, { contact: item.id, book: number }, item.mergedInto);
};

export const takeNotes = async (notes: Notes, change: Change, key: Key): Promise<void> => {
  const { after } = change;
  if (isGone(after) || after.kind === 'watermark') return;
  await enter(notes, after, key);
  await credit(notes, change);
  if (after.kind === 'event')
    for (const book of notes.books.books) if (isEntered(after, book)) await present(notes, after, book);
  if (after.kind === 'profile') await merge(notes, after);
};
