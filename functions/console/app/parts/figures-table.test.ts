import { expect, test } from 'vitest';
import { field, tabulate } from '#functions/reports/tables/table';
import { figuresMarkup } from '../markup.ts';

const tableOf = (many: number) => {
  const rows = Array.from({ length: many }, (_, i) => `source-${i}`);
  return tabulate('sources', 'Sources', rows, [field('source', (name) => name)]);
};

test('a long table of the reports comes in pages, a short one whole', () => {
  const [long, short] = [450, 200].map((many) => figuresMarkup({ table: tableOf(many) })) as [string, string];
  expect([long.includes('source-199'), long.includes('source-200')]).toEqual([true, false]);
  expect([long, short].map((html) => html.includes('class="pager"'))).toEqual([true, false]);
  expect(short).toContain('source-199');
});
