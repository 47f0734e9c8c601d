import { useState } from 'react';
import { journeyTables } from '#functions/reports/tables/of-journey';
import { FiguresCard } from '../../../parts/figures-card.tsx';
import { FiguresTable } from '../../../parts/figures-table.tsx';
import type { ReportView } from '../api-shapes.ts';

const { suggestions: _, ...shown } = journeyTables;
type Name = keyof typeof shown;
const names = Object.keys(shown) as Name[];

/** The plot that shows what a table says. */
const plots: Partial<Record<Name, string>> = {
  ...{ steps: 'funnel', answers: 'branches', waits: 'waits', versions: 'versions' },
};

/** Everything that is counted of a journey, as rows. */
export const Tables = ({ report }: { report: ReportView }) => {
  const [chosen, choose] = useState<Name>('steps');
  return (
    <FiguresCard<Name>
      options={names.map((value) => ({ value, name: shown[value](report).title }))}
      {...{ value: chosen, onChoose: choose, table: chosen, plot: plots[chosen] }}
      path={`/v1/journeys/${encodeURIComponent(report.journey)}/report`}
    >
      <FiguresTable table={shown[chosen](report)} />
    </FiguresCard>
  );
};
