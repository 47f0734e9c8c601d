import type { ContactEvent } from '#model/event';
import type { Run } from '#model/run';
import { dayIn, monthOf } from '#policy/reports/calendar';
import type { Book, Books } from '#store/runs/books';
import { markCounted } from '#store/runs/books';
import { addMonths, moveCustomer } from '#store/runs/customers';
import { creditRun } from '#store/runs/passed-steps';
import type { Store } from '#store/store';
import type { Item } from '#store/table';
import { isKind } from './contributions.ts';
import { type Change, isEntered, isGone } from './entries.ts';
import { isActivity } from './of-event.ts';

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
const once = (noted: Set<string>, what: string): boolean => {
  if (noted.has(what)) return false;
  if (noted.size >= mostNoted) noted.clear();
  noted.add(what);
  return true;
};

/** It was there before the newest book began, and is not entered in it yet. */
const enter = async ({ store, books }: Notes, item: Item, key: { pk: string; sk: string }): Promise<void> => {
  const newest = books.books.at(-1);
  if (!newest || item.kind === 'customer' || isEntered(item, newest)) return;
  await markCounted(store, key, newest.number);
};

const isConversion = ({ before, after }: Change): boolean =>
  after?.kind === 'run' && after.converted !== undefined && before?.converted === undefined;
/** Of a run that converted before there were credits. */
const isEnteredNow = ({ before, after }: Change): boolean => before?.counted !== after?.counted;

const credit = async ({ store }: Notes, change: Change): Promise<void> => {
  const { after } = change;
  if (after?.kind !== 'run' || after.converted === undefined || after.credited !== undefined) return;
  if (isConversion(change) || isEnteredNow(change))
    await creditRun(store, after as unknown as Run & Required<Pick<Run, 'converted'>>);
};

const present = async ({ store, noted }: Notes, item: Item, { number, definitions }: Book): Promise<void> => {
  const event = item as unknown as ContactEvent;
  if (!isActivity(event, definitions)) return;
  const month = monthOf(dayIn(definitions.timezone, event.happenedAt));
  if (once(noted, `${number}#${event.contact}#${month}`))
    await addMonths(store, { contact: event.contact, book: number }, [month]);
};

const merge = async ({ store, books }: Notes, item: Item): Promise<void> => {
  if (item.mergedInto === undefined) return;
  for (const { number } of books.books)
    await moveCustomer(store, { contact: String(item.id), book: number }, String(item.mergedInto));
};

export const takeNotes = async (
  notes: Notes,
  change: Change,
  key: { pk: string; sk: string },
): Promise<void> => {
  const { after } = change;
  if (isGone(after) || !isKind(after.kind)) return;
  await enter(notes, after, key);
  await credit(notes, change);
  if (after.kind === 'event')
    for (const book of notes.books.books) if (isEntered(after, book)) await present(notes, after, book);
  if (after.kind === 'profile') await merge(notes, after);
};
