import { expect, test } from 'vitest';
import { field, mean, members, shownOf, type Tell, tabulate } from './table.ts';

const tell: Tell = (_, value, low, high) => `${value} (${low} to ${high})`;

test('a value stands with its interval, and without one where there is none', () => {
  const rows: { n: number; low?: number; high?: number }[] = [{ n: 12, low: 10, high: 14 }, { n: 7 }];
  const table = tabulate('brought', 'Brought', rows, [
    field('customers', () => 3),
    mean('each', ({ n, low, high }) => ({ value: n, low, high })),
  ]);
  expect(shownOf(table, tell)).toEqual({
    columns: ['customers', 'each'],
    rows: [
      [3, '12 (10 to 14)'],
      [3, '7 (null to null)'],
    ],
  });
});

test('of a wide table columns without a figure are left out, of a narrow one none', () => {
  const row = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`c${i}`, i % 2]));
  const columns = (n: number) =>
    shownOf(tabulate('wide', 'Wide', [row], members(...Object.keys(row).slice(0, n))), tell).columns;
  expect(columns(8)).toHaveLength(8);
  expect(columns(10)).toEqual(['c0', 'c1', 'c3', 'c5', 'c7', 'c9']);
});
