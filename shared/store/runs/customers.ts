import { chunksOf } from '#kernel/chunks';
import { derivedId } from '#kernel/ids';
import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds, isWritten } from '../table.ts';

interface Customer {
  contact: string;
  /** Of the book that sees it so. */
  book: number;
}

/** What one order brought, and in which month (`2026-11`). */
interface Paid {
  month: string;
  /** Of the order's event. */
  id: string;
  value: number;
}

/** Once in a set, however often it is told. */
export const paidEntry = ({ month, id, value }: Paid): string =>
  `${month}|${derivedId('paid', id).slice(0, 10)}|${value}`;
export const readPaid = (entry: string): Paid => {
  const [month = '', id = '', value = ''] = entry.split('|');
  return { month, id, value: Number(value) };
};

/** An item holds 400 KB; what a customer brings after so many orders is in the revenue, not in its cohort's. */
const mostPaid = 4_000;

/** The contact was there in these months (`2026-11`), and paid. A repeat writes nothing. */
export const noteMonths = async (
  store: Store,
  customer: Customer,
  months: readonly string[],
  paid: readonly string[] = [],
): Promise<void> => {
  const { contact } = customer;
  if (months.length + paid.length === 0) return;
  // An event that came late for somebody who was erased; what falls between is found when that is looked over.
  if (await store.main.get(main.erasure(contact))) return;
  if (!(await add(store, customer, { months, paid })) && paid.length > 0)
    await add(store, customer, { months });
};

const add = async (
  store: Store,
  { contact, book }: Customer,
  { months, paid = [] }: { months: readonly string[]; paid?: readonly string[] },
): Promise<boolean> => {
  if (months.length + paid.length === 0) return true;
  const lacking = [
    ...months.map((month, i) => [`NOT contains(#months, :month${i})`, `:month${i}`, month] as const),
    ...paid.map((entry, i) => [`NOT contains(#paid, :paid${i})`, `:paid${i}`, entry] as const),
  ];
  const sets = [
    ...(months.length > 0 ? [['months', new Set(months)] as const] : []),
    ...(paid.length > 0 ? [['paid', new Set(paid)] as const] : []),
  ];
  const room = paid.length > 0 ? ' AND (attribute_not_exists(#paid) OR size(#paid) < :most)' : '';
  return isWritten(
    store.main.update(main.customer(contact, book), {
      update: `ADD ${sets.map(([name]) => `#${name} :${name}`).join(', ')} SET #kind = :kind, #contact = :contact, #book = :book`,
      condition: `(attribute_not_exists(pk) OR ${lacking.map(([condition]) => condition).join(' OR ')})${room}`,
      names: {
        ...{ '#kind': 'kind', '#contact': 'contact', '#book': 'book' },
        ...Object.fromEntries(sets.map(([name]) => [`#${name}`, name])),
      },
      values: {
        ...{ ':kind': 'customer', ':contact': contact, ':book': book },
        ...(paid.length > 0 && { ':most': mostPaid }),
        ...Object.fromEntries(sets.map(([name, set]) => [`:${name}`, set])),
        ...Object.fromEntries(lacking.map(([, name, value]) => [name, value])),
      },
    }),
  );
};

/** Of one update: an expression holds 300 operators, and each takes three. */
const atOnce = 50;

/** The contact became part of another one, which was there when it was; from now on only that one counts. */
export const moveCustomer = async (
  store: Store,
  { contact, book }: Customer,
  winner: string,
): Promise<void> => {
  const item = await store.main.get(main.customer(contact, book));
  if (!item || item.movedTo !== undefined) return;
  const entriesOf = (set: unknown): string[] => (set instanceof Set ? [...set].map(String) : []);
  const to = { contact: winner, book };
  for (const some of chunksOf(entriesOf(item.months), atOnce)) await noteMonths(store, to, some);
  for (const some of chunksOf(entriesOf(item.paid), atOnce)) await noteMonths(store, to, [], some);
  await ifHolds(
    store.main.update(main.customer(contact, book), {
      update: 'SET movedTo = :winner',
      condition: 'attribute_exists(pk)',
      values: { ':winner': winner },
    }),
  );
};
