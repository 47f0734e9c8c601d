import { type Table as Figures, shownOf, type Tell } from '#functions/reports/tables/table';
import { amount, percent } from '../words/format.ts';
import { words } from '../words/words.ts';
import { Empty } from './empty.tsx';
import { InPages } from './pager.tsx';
import { Table } from './table.tsx';

const said = words.figures;

const tell: Tell = (span, value, low, high) => {
  const say = span === 'share' ? (n: number): string => percent(n, 1) : amount;
  return low === null || high === null ? say(value) : said.interval(say(value), say(low), say(high));
};

/** A table of the reports: the rows that the API gives as CSV, and `wayleaf report` prints. */
export const FiguresTable = ({ table }: { table: Figures }) => {
  const { columns, rows } = shownOf(table, tell);
  if (rows.length === 0) return <Empty icon="chart" title={said.nothing} />;
  const isFigure = columns.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  return (
    <InPages key={table.id} all={rows}>
      {(some) => (
        <Table label={table.title} columns={columns.map((name, i) => ({ name, end: isFigure[i] ?? false }))}>
          {some.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, i) => (
                <td key={columns[i]} className={isFigure[i] ? 'end' : undefined}>
                  {typeof cell === 'number' ? amount(cell) : cell}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
    </InPages>
  );
};
