import type { Kpis } from '../figures/kpis.ts';
import { field, listed, mean, members, share, tabulate } from './table.ts';

export const kpiTables = {
  kpis: ({ kpis }: Kpis) =>
    tabulate('kpis', 'Key figures', kpis, [
      field('figure', ({ name }) => name),
      ...members('value'),
      field('low', ({ low }) => low),
      field('high', ({ high }) => high),
      ...members('unit', 'definition', 'formula'),
      field('basis', ({ basis }) => listed(basis)),
      field('note', ({ note = '' }) => note),
    ]),
  cohorts: ({ cohorts }: Kpis) =>
    tabulate(
      'cohorts',
      'Retention and churn by cohort',
      cohorts.flatMap(({ cohort, size, months }) => months.map((month) => ({ cohort, size, ...month }))),
      [
        ...members('cohort', 'size', 'month'),
        field('there', ({ rate }) => rate.count),
        share('retention', ({ rate }) => rate),
        share('churn', ({ churn }) => churn),
      ],
    ),
  lifetime: ({ cohorts }: Kpis) =>
    tabulate(
      'lifetime',
      'Lifetime value by cohort',
      cohorts.flatMap(({ cohort, size, lifetime = [] }) =>
        lifetime.map((until) => ({ cohort, size, ...until })),
      ),
      [
        ...members('cohort', 'size'),
        field('until', ({ month }) => month),
        ...members('revenue'),
        mean('per customer', ({ perCustomer, low, high }) => ({ value: perCustomer, low, high })),
      ],
    ),
  definitions: ({ kpis, cohortFigures = [] }: Kpis) =>
    tabulate(
      'definitions',
      'What each figure says',
      [...kpis, ...cohortFigures],
      [field('figure', ({ name }) => name), ...members('definition', 'formula')],
    ),
};
