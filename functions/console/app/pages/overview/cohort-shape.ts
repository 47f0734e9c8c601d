import type { Kpis } from '#functions/reports/figures/kpis';
import { amount, number, percent } from '../../words/format.ts';
import { words } from '../../words/words.ts';

export const cohortFigures = ['retention', 'churn', 'lifetime-value'] as const;
type CohortFigure = (typeof cohortFigures)[number];
type Cohort = Kpis['cohorts'][number];

export interface CohortCell {
  value: string;
  /** With 95 % certainty. */
  interval?: string;
}

/** Newest first; older ones and later months are in the CSV. */
const mostCohorts = 12;
export const mostCohortMonths = 7;

type Rate = Cohort['months'][number]['rate'];
const between = words.overview.kpis.interval;

const ofRate = (rate: Rate | undefined): CohortCell | undefined =>
  rate === undefined || rate.value === null
    ? undefined
    : { value: percent(rate.value, 1), interval: between(percent(rate.low, 1), percent(rate.high, 1)) };

const ofLifetime = (found: NonNullable<Cohort['lifetime']>[number] | undefined): CohortCell | undefined => {
  if (found === undefined) return undefined;
  const { perCustomer, low, high } = found;
  if (perCustomer === null || low === undefined || high === undefined)
    return { value: words.overview.cohorts.tooFew };
  return { value: amount(perCustomer), interval: between(amount(low), amount(high)) };
};

const cellOf = (cohort: Cohort, figure: CohortFigure, i: number): CohortCell | undefined => {
  if (figure === 'lifetime-value') return ofLifetime(cohort.lifetime?.[i]);
  const month = cohort.months[i];
  return ofRate(figure === 'churn' ? month?.churn : month?.rate);
};

/** A row for each cohort, a cell for each month after its first. */
export const cohortRows = ({ cohorts }: Kpis, figure: CohortFigure) =>
  cohorts
    .slice(-mostCohorts)
    .toReversed()
    .map((cohort) => ({
      cohort: cohort.cohort,
      size: number(cohort.size),
      cells: Array.from({ length: mostCohortMonths }, (_, i) => cellOf(cohort, figure, i)),
    }));
