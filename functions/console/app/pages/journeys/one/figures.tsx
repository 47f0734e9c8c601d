import { describeDuration } from '#kernel/durations';
import { amount, compact } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { ReportView } from '../api-shapes.ts';
import { rateWords } from './step-figures.ts';

const said = words.journeys.figures;
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

export const Figures = ({ report, hasGoal }: { report: ReportView; hasGoal: boolean }) => {
  const { entered, active, converted, value } = report;
  const refused = sum(report.refused);
  return (
    <section className="card figures">
      <Figure
        name={said.entered}
        value={compact(entered)}
        more={refused > 0 ? said.refused(compact(refused)) : ''}
      />
      <Figure name={said.active} value={compact(active)} />
      <Figure
        name={said.converted}
        value={hasGoal ? compact(converted) : '–'}
        more={hasGoal ? goalWords(report) : said.noGoal}
      />
      {value !== 0 && <Figure name={said.value} value={amount(value)} />}
    </section>
  );
};

/** Never a bare percentage; and how long it took. */
const goalWords = ({ conversion: rate, timeToConvert: time }: ReportView): string =>
  [
    ...(rate && rate.value !== null ? [said.rate(rateWords(rate))] : []),
    ...(time ? [said.halfWithin(describeDuration(time.medianSeconds * 1000))] : []),
  ].join(' · ');

const Figure = ({ name, value, more = '' }: { name: string; value: string; more?: string }) => (
  <div className="figure">
    <span className="figure-name">{name}</span>
    <span className="figure-value">{value}</span>
    <span className="figure-more">{more}</span>
  </div>
);
