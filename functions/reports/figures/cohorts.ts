import * as z from 'zod';
import { addMonths, monthOf } from '#policy/reports/calendar';
import { meanOf, rateOf } from '#policy/reports/evidence';
import type { DayCounts } from '#store/runs/counters';
import { cohortDay, counterName } from '../fold-counts/rows.ts';
import { rateSchema } from './overview.ts';
import type { Range } from './range.ts';
import { type Sums, tidy } from './sums.ts';

const n = z.number();

const lifetimeSchema = z.object({
  month: z.string(),
  revenue: n.describe('Of the cohort, from its first month to the end of this one'),
  perCustomer: n.nullable().describe('null: too few customers to say'),
  low: n.optional().describe('95 % interval of the mean'),
  high: n.optional(),
});

export const cohortSchema = z.object({
  cohort: z.string().describe('Month in which they were customers first'),
  size: n,
  months: z.array(
    z.object({
      month: z.string(),
      rate: rateSchema.describe('Retention: of the cohort, who was there'),
      churn: rateSchema.optional().describe('Of those there in the month before, who was not in this one'),
    }),
  ),
  lifetime: z.array(lifetimeSchema).optional().describe('Lifetime value so far, by month'),
});
export type Cohort = z.output<typeof cohortSchema>;

interface Facts {
  range: Range;
  customers: Sums;
  cohorts: readonly DayCounts[];
  today: string;
}

const mostCohorts = 24;
/** As many as a mean is told of. */
const fewestCustomers = 10;

/** From the first month to the last, without gaps. */
const monthsFrom = (first: string, last: string): string[] => {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
};

const lifetimeOf = (
  counts: Sums,
  size: number,
  months: readonly string[],
): z.output<typeof lifetimeSchema>[] => {
  let [revenue, squares] = [0, 0];
  return months.map((month) => {
    revenue += counts.get(counterName('', 'paid', month)) ?? 0;
    squares += counts.get(counterName('', 'paidSquares', month)) ?? 0;
    const mean = size < fewestCustomers ? undefined : meanOf(revenue, squares, size);
    return {
      ...{ month, revenue: tidy(revenue), perCustomer: mean ? tidy(mean.value) : null },
      ...(mean && { low: tidy(mean.low), high: tidy(mean.high) }),
    };
  });
};

/** Whoever was there by month; in a month that is not over, nobody has left yet. */
const monthsOf = (
  there: ReadonlyMap<string, number>,
  counts: Sums,
  { size, months, today }: { size: number; months: readonly string[]; today: string },
): Cohort['months'] =>
  months.map((month) => {
    const before = there.get(addMonths(month, -1)) ?? 0;
    const stayed = counts.get(counterName('', 'stayed', month)) ?? 0;
    const isOver = month < monthOf(today);
    return {
      ...{ month, rate: rateOf(there.get(month) ?? 0, size) },
      ...(before > 0 && isOver && { churn: rateOf(before - stayed, before) }),
    };
  });

export const cohortsOf = ({ customers, cohorts, range, today }: Facts): Cohort[] => {
  const rows = new Map<string, Map<string, number>>();
  for (const [name, count] of customers) {
    const [cohort = '', what, month = ''] = name.split('|');
    if (what !== 'cohort' || count === 0) continue;
    rows.set(cohort, (rows.get(cohort) ?? new Map<string, number>()).set(month, count));
  }
  const byDay = new Map(cohorts.map(({ day, counts }) => [day, counts]));
  const last = monthOf(range.to < today ? range.to : today);
  return [...rows]
    .filter(([cohort]) => cohort <= last)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(-mostCohorts)
    .map(([cohort, there]) => {
      const size = there.get(cohort) ?? 0;
      const months = monthsFrom(cohort, last);
      const counts = byDay.get(cohortDay(cohort)) ?? new Map();
      return {
        ...{ cohort, size, months: monthsOf(there, counts, { size, months, today }) },
        lifetime: lifetimeOf(counts, size, months),
      };
    });
};
