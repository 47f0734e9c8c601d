import { useState } from 'react';
import type { JourneyForecast } from '#model/forecast';
import { Choice } from '../../../parts/choice.tsx';
import { Download } from '../../../parts/download.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Card } from '../../../parts/page.tsx';
import { Table } from '../../../parts/table.tsx';
import { TimeChart } from '../../../parts/time-chart.tsx';
import { amount, compact, number, shortDay } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { columnsOf, intervalText, nameOfSeries, seriesOf, shareOf, tilesOf } from './shape.ts';
import { bodyOf, fileName, type Wish } from './wish.ts';

const said = words.forecast;

export interface ToldProps {
  journey: string;
  wish: Wish;
  forecast: JourneyForecast;
  hasGoal: boolean;
}

export const Told = (props: ToldProps) => (
  <>
    <section className="card figures">
      {tilesOf(props.forecast, props.hasGoal).map(({ name, value, more }) => (
        <div key={name} className="figure">
          <span className="figure-name">{name}</span>
          <span className="figure-value">{value}</span>
          <span className="figure-more">{more}</span>
        </div>
      ))}
    </section>
    <OverTime {...props} />
    <div className="forecast-pair">
      <Leaves {...props} />
      <Bill {...props} />
    </div>
    <Skipped {...props} />
  </>
);

const Csv = ({ journey, wish, table }: ToldProps & { table: string }) => (
  <Download
    path={`/v1/journeys/${encodeURIComponent(journey)}/forecast?format=csv&table=${table}`}
    body={bodyOf(wish)}
    file={`${fileName(journey, wish, table)}.csv`}
    type="text/csv"
    name={said.csv}
  />
);

const OverTime = (props: ToldProps) => {
  const { journey, wish, forecast } = props;
  const all = seriesOf(forecast);
  const [chosen, choose] = useState(all[0] ?? '');
  const series = all.includes(chosen) ? chosen : (all[0] ?? '');
  const { columns, days } = columnsOf(forecast, series);
  const name = nameOfSeries(series);
  const label = days === 1 ? said.perDay(name) : said.perDays(name, days);
  if (columns.length === 0)
    return (
      <Card title={said.overTime}>
        <Empty icon="mail" {...said.nothingSent} />
      </Card>
    );
  return (
    <Card
      title={said.overTime}
      actions={
        <>
          <Choice
            label={said.shown}
            options={all.map((value) => ({ value, name: nameOfSeries(value) }))}
            value={series}
            onChoose={choose}
          />
          <Csv {...props} table="days" />
          <Download
            path={`/v1/journeys/${encodeURIComponent(journey)}/forecast?format=svg`}
            body={bodyOf(wish)}
            file={`${fileName(journey, wish, 'forecast')}.svg`}
            type="image/svg+xml"
            name={said.svg}
          />
        </>
      }
    >
      <div className="forecast-pair">
        <TimeChart label={label} days={columns} says={(n) => number(Math.round(n))} />
        <div className="forecast-days">
          <Table
            label={label}
            columns={[
              { name: said.day },
              { name: said.expected, end: true },
              { name: said.interval, end: true },
            ]}
          >
            {columns.map(({ day, value, low, high }) => (
              <tr key={day}>
                <th scope="row">{shortDay(day)}</th>
                <td className="end">{number(Math.round(value))}</td>
                <td className="end soft nowrap">{intervalText({ expected: value, low, high })}</td>
              </tr>
            ))}
          </Table>
        </div>
      </div>
      <p className="small faint">
        {said.rehearsed(
          forecast.rehearsed.alike,
          forecast.rehearsed.people,
          number(forecast.sample),
          forecast.seed,
        )}
      </p>
    </Card>
  );
};

const Leaves = (props: ToldProps) => (
  <Card title={said.leaves} flush actions={<Csv {...props} table="leaves" />}>
    <Table
      label={said.leaves}
      columns={[
        { name: said.leaf },
        { name: said.expected, end: true },
        { name: said.interval, end: true },
        { name: said.share, end: true },
      ]}
    >
      {props.forecast.leaves.map(({ leaf, people }) => (
        <tr key={leaf}>
          <th scope="row">{leaf}</th>
          <td className="end">{compact(Math.round(people.expected))}</td>
          <td className="end soft nowrap">{intervalText(people)}</td>
          <td className="end">{shareOf(people, props.forecast)}</td>
        </tr>
      ))}
    </Table>
  </Card>
);

const unitWords = (unit: string): string => unit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const Bill = (props: ToldProps) => (
  <Card title={said.bill} flush actions={<Csv {...props} table="bill" />}>
    <Table
      label={said.bill}
      columns={[{ name: said.unit }, { name: said.used, end: true }, { name: said.dollars, end: true }]}
    >
      {props.forecast.bill.lines.map(({ unit, used, dollars }) => (
        <tr key={unit}>
          <th scope="row">{unitWords(unit)}</th>
          <td className="end">{compact(Math.round(used))}</td>
          <td className="end">{amount(dollars)}</td>
        </tr>
      ))}
    </Table>
    <p className="small faint card-body">{said.billLead}</p>
  </Card>
);

const Skipped = (props: ToldProps) =>
  props.forecast.skipped.length > 0 && (
    <Card title={said.skipped} flush actions={<Csv {...props} table="skipped" />}>
      <Table
        label={said.skipped}
        columns={[
          { name: said.reason },
          { name: said.expected, end: true },
          { name: said.interval, end: true },
        ]}
      >
        {props.forecast.skipped.map(({ reason, messages }) => (
          <tr key={reason}>
            <th scope="row">{reason}</th>
            <td className="end">{compact(Math.round(messages.expected))}</td>
            <td className="end soft nowrap">{intervalText(messages)}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
