import { useState } from 'react';
import type { Overview } from '#functions/reports/figures/overview';
import { Choice } from '../../parts/choice.tsx';
import { Download } from '../../parts/download.tsx';
import { Card } from '../../parts/page.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { TimeChart } from '../../parts/time-chart.tsx';
import { date, number } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { type Measure, measures, valuesOf } from './shape.ts';

const said = words.overview;

export const Daily = ({ overview, asked }: { overview: Overview; asked: string }) => {
  const [measure, choose] = useState<Measure>('leads');
  const days = valuesOf(overview, measure);
  const path = `/v1/reports/overview${asked}${asked === '' ? '?' : '&'}format=`;
  return (
    <Card
      title={said.daily}
      actions={
        <>
          <Choice<Measure>
            label={said.measure}
            options={measures.map((value) => ({ value, name: said.measures[value] }))}
            value={measure}
            onChoose={choose}
          />
          <Download path={`${path}csv`} file="overview.csv" type="text/csv" name={said.csv} />
          <Download path={`${path}svg`} file="overview.svg" type="image/svg+xml" name={said.svg} />
        </>
      }
    >
      <TimeChart label={said.perDay(said.measures[measure])} days={days} says={number} />
      <details>
        <summary className="soft small">{said.asTable}</summary>
        <ScrollRegion className="table-box table-low" label={said.asTable}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{said.day}</th>
                <th scope="col" className="end">
                  {said.measures[measure]}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ day, value }) => (
                <tr key={day}>
                  <th scope="row">{date(day)}</th>
                  <td className="end">{number(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </Card>
  );
};
