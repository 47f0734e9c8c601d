import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';

interface Customer {
  contact: string;
  /** Of the book that sees it so. */
  book: number;
}

/** The contact was there in these months (`2026-11`). A repeat writes nothing. */
export const addMonths = async (
  store: Store,
  { contact, book }: Customer,
  months: readonly string[],
): Promise<void> => {
  if (months.length === 0) return;
  // An event that came late for somebody who was erased; what falls between is found when that is looked over.
  if (await store.main.get(main.erasure(contact))) return;
  await ifHolds(
    store.main.update(main.customer(contact, book), {
      update: 'ADD #months :months SET #kind = :kind, #contact = :contact, #book = :book',
      condition: `attribute_not_exists(pk) OR ${months.map((_, i) => `NOT contains(#months, :month${i})`).join(' OR ')}`,
      names: { '#months': 'months', '#kind': 'kind', '#contact': 'contact', '#book': 'book' },
      values: {
        ...{ ':months': new Set(months), ':kind': 'customer', ':contact': contact, ':book': book },
        ...Object.fromEntries(months.map((month, i) => [`:month${i}`, month])),
      },
    }),
  );
};

/** The contact became part of another one, which was there when it was; from now on only that one counts. */
export const moveCustomer = async (
  store: Store,
  { contact, book }: Customer,
  winner: string,
): Promise<void> => {
  const item = await store.main.get(main.customer(contact, book));
  if (!item || item.movedTo !== undefined) return;
  await addMonths(store, { contact: winner, book }, [...((item.months ?? new Set()) as Set<string>)]);
  await ifHolds(
    store.main.update(main.customer(contact, book), {
      update: 'SET movedTo = :winner',
      condition: 'attribute_exists(pk)',
      values: { ':winner': winner },
    }),
  );
};
