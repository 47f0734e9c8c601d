import { z } from 'zod';
import type { Costs } from '#model/costs';
import type { Definitions } from '#model/report-settings';
import { addDays, addMonths, daysBetween, monthOf } from '#policy/reports/calendar';
import { differenceOfShares, type Mean, meanOf, rateOf } from '#policy/reports/evidence';
import { quantileOf, relativeError } from '#policy/reports/sketch';
import type { DayCounts } from '#store/runs/counters';
import { counterName } from '../fold-counts/rows.ts';
import { cohortSchema, cohortsOf } from './cohorts.ts';
import { costIn } from './costs.ts';
import { cohortDefinitions, definitions, type KpiId } from './definitions.ts';
import { type Range, rangeSchema } from './range.ts';
import { type Sums, sketchOf, sumDays, tidy } from './sums.ts';

const n = z.number();
const kpiSchema = z.object({
  id: z.string(),
  name: z.string(),
  definition: z.string().describe('What it says, in words'),
  formula: z.string(),
  unit: z.enum(['share', 'money', 'points', 'seconds']),
  value: n.nullable().describe('null: not enough data'),
  low: n.optional().describe('95 % interval, where there is one'),
  high: n.optional(),
  note: z.string().optional().describe('Why there is no value, or what it is made of'),
  basis: z.record(z.string(), n).describe('The counts that it is made of'),
});
export type Kpi = z.output<typeof kpiSchema>;

/** Answer of `GET /v1/reports/kpis`. */
export const kpisSchema = z.object({
  range: rangeSchema,
  currency: z.string().optional(),
  kpis: z.array(kpiSchema),
  cohorts: z.array(cohortSchema).describe('Who was there again, who left and what they brought, by month'),
  cohortFigures: z
    .array(z.object({ id: z.string(), name: z.string(), definition: z.string(), formula: z.string() }))
    .optional()
    .describe('What the figures of the cohorts say'),
});
export type Kpis = z.output<typeof kpisSchema>;

export interface KpiFacts {
  range: Range;
  days: readonly DayCounts[];
  /** Of all time: customers by month. */
  customers: Sums;
  /** By the first day of the cohort's month. */
  cohorts: readonly DayCounts[];
  costs: Costs;
  definitions: Definitions;
  today: string;
}

/** Fewer are an accident, not a figure. */
const fewest = { rate: 20, mean: 10, median: 10, atRisk: 30 } as const;

type Value = Pick<Kpi, 'basis'> & Partial<Pick<Kpi, 'value' | 'low' | 'high' | 'note'>>;

const lacking = (what: string, found: number, needed: number): string =>
  `Not enough data: ${found} ${what}, at least ${needed} are needed.`;

const share = (count: number, of: number, [counted, ofWhat]: [string, string]): Value => {
  const basis = { [counted]: count, [ofWhat]: of };
  if (of < fewest.rate) return { basis, note: lacking(ofWhat, of, fewest.rate) };
  const { value, low, high } = rateOf(count, of);
  return { basis, value, low, high };
};

const mean = (found: Mean | undefined, basis: Record<string, number>, [what, of]: [string, number]): Value =>
  found === undefined || of < fewest.mean
    ? { basis, note: lacking(what, of, fewest.mean) }
    : { basis, value: tidy(found.value), low: tidy(found.low), high: tidy(found.high) };

/** Months that are over and wholly within the range. */
const wholeMonths = ({ range: { from, to }, today }: KpiFacts): string[] =>
  [...new Set(daysBetween(from, to).map(monthOf))].filter((month) => {
    const last = addDays(`${addMonths(month, 1)}-01`, -1);
    return `${month}-01` >= from && last <= to && last < today;
  });

interface Churn {
  months: number;
  atRisk: number;
  left: number;
}

const churnOf = (facts: KpiFacts): Churn => {
  const count = (what: string, month: string): number =>
    facts.customers.get(counterName('', what, month)) ?? 0;
  const months = wholeMonths(facts);
  const atRisk = months.reduce((sum, month) => sum + count('present', addMonths(month, -1)), 0);
  const stayed = months.reduce((sum, month) => sum + count('stayed', month), 0);
  return { months: months.length, atRisk, left: atRisk - stayed };
};

const of: Readonly<Record<KpiId, (facts: KpiFacts, sums: Sums) => Value>> = {
  'conversion-rate': (_, sums) =>
    share(get(sums, 'converted'), get(sums, 'entered'), ['runs that reached their goal', 'runs begun']),
  'cost-per-acquisition': (facts, sums) => {
    const [cost, conversions] = [costIn(facts.costs, facts.range), get(sums, 'conversions')];
    const basis = { cost: tidy(cost), conversions };
    if (cost === 0) return { basis, note: 'No costs are entered for these months.' };
    if (conversions === 0) return { basis, note: 'Nobody converted on these days.' };
    return { basis, value: tidy(cost / conversions) };
  },
  'average-revenue': (_, sums) => {
    const orders = get(sums, 'valuedOrders');
    const found = meanOf(get(sums, 'revenue'), get(sums, 'revenueSquares'), orders);
    return mean(found, { orders, revenue: tidy(get(sums, 'revenue')) }, ['orders with a value', orders]);
  },
  'lifetime-value': (facts) => {
    const { months, atRisk, left } = churnOf(facts);
    const whole = wholeMonths(facts);
    const present = whole.reduce(
      (sum, month) => sum + (facts.customers.get(counterName('', 'present', month)) ?? 0),
      0,
    );
    const revenue = facts.days
      .filter(({ day }) => whole.includes(monthOf(day)))
      .reduce((sum, { counts }) => sum + (counts.get(counterName('', 'revenue')) ?? 0), 0);
    const basis = { months, 'customer months': present, revenue: tidy(revenue), 'at risk': atRisk, left };
    if (months === 0) return { basis, note: 'Not enough data: the range holds no whole month that is over.' };
    if (atRisk < fewest.atRisk) return { basis, note: lacking('customers at risk', atRisk, fewest.atRisk) };
    if (left <= 0) return { basis, note: 'Nobody left: a lifetime without end cannot be put into a number.' };
    const perMonth = revenue / present;
    const { value, low, high } = rateOf(left, atRisk);
    return { basis, value: tidy(perMonth / value!), low: tidy(perMonth / high), high: tidy(perMonth / low) };
  },
  churn: (facts) => {
    const { months, atRisk, left } = churnOf(facts);
    const basis = { months, 'at risk': atRisk, left };
    if (months === 0) return { basis, note: 'Not enough data: the range holds no whole month that is over.' };
    if (atRisk < fewest.atRisk) return { basis, note: lacking('customers at risk', atRisk, fewest.atRisk) };
    const { value, low, high } = rateOf(left, atRisk);
    return { basis, value, low, high };
  },
  nps: ({ definitions: { nps } }, sums) => {
    const [promoters, passive, detractors] = ['promoter', 'passive', 'detractor'].map((kind) =>
      get(sums, `nps|${kind}`),
    ) as [number, number, number];
    const answers = promoters + passive + detractors;
    const basis = { promoters, passive, detractors };
    if (!nps) return { basis, note: 'Say in `reports.nps` of client.json which form or event asks.' };
    const found = differenceOfShares(promoters, detractors, answers);
    if (!found || answers < fewest.rate) return { basis, note: lacking('answers', answers, fewest.rate) };
    const points = (value: number): number => Math.round(value * 1000) / 10;
    return { basis, value: points(found.value), low: points(found.low), high: points(found.high) };
  },
  csat: ({ definitions: { csat } }, sums) => {
    const [satisfied, other] = [get(sums, 'csat|satisfied'), get(sums, 'csat|other')];
    if (!csat)
      return {
        basis: { satisfied, answers: 0 },
        note: 'Say in `reports.csat` of client.json which form or event asks.',
      };
    return share(satisfied, satisfied + other, ['satisfied', 'answers']);
  },
  'cycle-length': (_, sums): Value => {
    const sketch = sketchOf(sums, counterName('', 'cycle', ''));
    const count = [...sketch.values()].reduce((a, b) => a + b, 0);
    if (count < fewest.median)
      return { basis: { conversions: count }, note: lacking('conversions', count, fewest.median) };
    const [median, p90] = [0.5, 0.9].map((q) => Math.round(quantileOf(sketch, q)! / 1000)) as [
      number,
      number,
    ];
    return {
      basis: { conversions: count, 'nine of ten within': p90 },
      value: median,
      note: `Right to ${relativeError * 100} %; nine of ten within the seconds given.`,
    };
  },
  return: (facts, sums) => {
    const [cost, orders, goals] = [
      costIn(facts.costs, facts.range),
      get(sums, 'revenue'),
      get(sums, 'value'),
    ];
    const revenue = get(sums, 'orders') > 0 ? orders : goals;
    const basis = { revenue: tidy(revenue), cost: tidy(cost) };
    if (cost === 0) return { basis, note: 'No costs are entered for these months.' };
    return { basis, value: tidy((revenue - cost) / cost) };
  },
};

const get = (sums: Sums, what: string): number => sums.get(counterName('', what)) ?? 0;

export const createKpis = (facts: KpiFacts): Kpis => {
  const sums = sumDays(facts.days);
  const { currency } = facts.definitions.revenue;
  return {
    range: facts.range,
    ...(currency && { currency }),
    kpis: definitions.map(({ id, ...about }) => ({ id, ...about, value: null, ...of[id](facts, sums) })),
    cohorts: cohortsOf(facts),
    cohortFigures: cohortDefinitions.map((each) => ({ ...each })),
  };
};
