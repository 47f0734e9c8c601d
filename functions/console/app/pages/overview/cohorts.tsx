import type { Kpis } from '#functions/reports/figures/kpis';
import { Download } from '../../parts/download.tsx';
import { Card } from '../../parts/page.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { words } from '../../words/words.ts';
import { type CohortCell, cohortFigures, cohortRows, mostCohortMonths } from './cohort-shape.ts';

const said = words.overview.cohorts;
const months = Array.from({ length: mostCohortMonths }, (_, i) => i);

/** Who stayed, who left and what they brought, by the month of the first purchase; its definitions beside it. */
export const Cohorts = ({ kpis, asked }: { kpis: Kpis; asked: string }) =>
  kpis.cohorts.length === 0
    ? null
    : cohortFigures.map((id) => <CohortTable key={id} id={id} kpis={kpis} asked={asked} />);

type Id = (typeof cohortFigures)[number];

const CohortTable = ({ id, kpis, asked }: { id: Id; kpis: Kpis; asked: string }) => {
  const about = kpis.cohortFigures?.find((figure) => figure.id === id);
  const title = about?.name ?? said.titles[id];
  const table = id === 'lifetime-value' ? 'lifetime' : 'cohorts';
  const query = `${asked}${asked === '' ? '?' : '&'}format=csv&table=${table}`;
  return (
    <Card
      title={title}
      actions={
        <Download
          path={`/v1/reports/kpis${query}`}
          file={`${table}.csv`}
          type="text/csv"
          name={words.overview.csv}
        />
      }
    >
      <details className="small">
        <summary>{words.overview.kpis.definition}</summary>
        <p>{about?.definition}</p>
        <p className="faint">{about?.formula}</p>
      </details>
      <ScrollRegion className="table-box" label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{said.cohort}</th>
              <th scope="col" className="end">
                {said.size}
              </th>
              {months.map((month) => (
                <th key={month} scope="col" className="end">
                  {said.month(month)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohortRows(kpis, id).map(({ cohort, size, cells }) => (
              <tr key={cohort}>
                <th scope="row">{cohort}</th>
                <td className="end">{size}</td>
                {cells.map((cell, i) => (
                  <Cell key={months[i]} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
};

const Cell = ({ cell }: { cell: CohortCell | undefined }) => (
  <td className="end">
    {cell?.value}
    {cell?.interval !== undefined && <span className="small faint"> {cell.interval}</span>}
  </td>
);
