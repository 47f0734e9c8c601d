import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '#store/keys';
import { moveCustomer, noteMonths, paidEntry } from '#store/runs/customers';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(() => door.close());

const [ada, ben] = ['a', 'b'].map((letter) => ({ contact: letter.repeat(20), book: 0 })) as [
  Customer,
  Customer,
];
type Customer = { contact: string; book: number };
type Stored = { months: Set<string>; paid: Set<string> };
const order = (id: string, value = 10): string => paidEntry({ month: '2026-03', id, value });
const of = async ({ contact, book }: Customer) => {
  const { months, paid } = (await door.store.main.get(main.customer(contact, book))) as Stored;
  return { months: [...months], paid: [...paid] };
};

test('an order that is told twice is paid once', async () => {
  for (const id of ['one', 'one', 'two']) await noteMonths(door.store, ada, ['2026-03'], [order(id)]);
  expect((await of(ada)).paid.sort()).toEqual([order('one'), order('two')].sort());
});

test('who bought more often than an item holds is still there in the month', async () => {
  const paid = new Set(Array.from({ length: 4_000 }, (_, i) => order(`order-${i}`)));
  const key = main.customer(ada.contact, ada.book);
  await door.store.main.put({ ...key, kind: 'customer', ...ada, months: new Set(['2026-03']), paid });
  await noteMonths(door.store, ada, ['2026-04'], [order('one more')]);
  const { months, paid: kept } = await of(ada);
  expect([months.sort(), kept.length]).toEqual([['2026-03', '2026-04'], 4_000]);
});

test('who becomes part of another takes along what was paid, each once', async () => {
  const many = Array.from({ length: 120 }, (_, i) => order(`order-${i}`));
  for (const entry of many) await noteMonths(door.store, ada, ['2026-03'], [entry]);
  await noteMonths(door.store, ben, ['2026-02'], [order('order-0')]);
  for (let i = 0; i < 2; i++) await moveCustomer(door.store, ada, ben.contact);
  const { months, paid } = await of(ben);
  expect([months.sort(), paid.sort()]).toEqual([['2026-02', '2026-03'], many.sort()]);
});
