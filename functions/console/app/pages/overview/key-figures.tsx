import type { Kpi, Kpis } from '#functions/reports/figures/kpis';
import { Download } from '../../parts/download.tsx';
import { Card } from '../../parts/page.tsx';
import { words } from '../../words/words.ts';
import { kpiText } from './shape.ts';

const said = words.overview;

/** Every figure with its interval, and its definition beside it. */
export const KeyFigures = ({ kpis: { kpis, currency = '' }, asked }: { kpis: Kpis; asked: string }) => (
  <Card
    title={said.kpis.title}
    actions={
      <Download
        path={`/v1/reports/kpis${asked}${asked === '' ? '?' : '&'}format=csv`}
        file="figures.csv"
        type="text/csv"
        name={said.csv}
      />
    }
  >
    <div className="grid">
      {kpis.map((kpi) => (
        <KeyFigure key={kpi.id} kpi={kpi} currency={currency} />
      ))}
    </div>
  </Card>
);

const KeyFigure = ({ kpi, currency }: { kpi: Kpi; currency: string }) => {
  const text = kpiText(kpi, currency);
  return (
    <div className="kpi">
      <span className="figure-name">{kpi.name}</span>
      <span className="figure-value">{text ?? '–'}</span>
      <span className="figure-more">
        {text === undefined ? (kpi.note ?? said.kpis.none) : intervalOf(kpi, currency)}
      </span>
      <details className="small">
        <summary>{said.kpis.definition}</summary>
        <p>{kpi.definition}</p>
        <p className="faint">{kpi.formula}</p>
      </details>
    </div>
  );
};

const intervalOf = ({ unit, low, high, note = '' }: Kpi, currency: string): string => {
  if (low === undefined || high === undefined) return note;
  return said.kpis.interval(
    kpiText({ unit, value: low }, currency) ?? '',
    kpiText({ unit, value: high }, currency) ?? '',
  );
};
