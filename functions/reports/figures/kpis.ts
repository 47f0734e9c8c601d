import * as z from 'zod';
import { describeDuration } from '#kernel/durations';
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

/** A figure, unless one of the reasons holds for which there is none. */
const figure = (
  basis: Kpi['basis'],
  reasons: readonly (string | false)[],
  make: () => Omit<Value, 'basis'>,
): Value => {
  const note = reasons.find((reason) => reason !== false);
  return { basis, ...(note === undefined ? make() : { note }) };
};

const tooFew = (what: string, found: number, needed: number): string | false =>
  found < needed && `Not enough data: ${found} ${what}, at least ${needed} are needed.`;
const noCosts = (cost: number): string | false => cost === 0 && 'No costs are entered for these months.';
const unasked = (settings: object | undefined, name: string): string | false =>
  settings === undefined && `Say in \`reports.${name}\` of client.json which form or event asks.`;

const rate = (count: number, of: number): Omit<Value, 'basis'> => {
  const { value, low, high } = rateOf(count, of);
  return { value, low, high };
};

const tidied = ({ value, low, high }: Pick<Mean, 'value' | 'low' | 'high'>): Omit<Value, 'basis'> => ({
  ...{ value: tidy(value), low: tidy(low), high: tidy(high) },
});

/** Months that are over and wholly within the range. */
const wholeMonths = ({ range: { from, to }, today }: KpiFacts): string[] =>
  [...new Set(daysBetween(from, to).map(monthOf))].filter((month) => {
    const last = addDays(`${addMonths(month, 1)}-01`, -1);
    return `${month}-01` >= from && last <= to && last < today;
  });

interface Churn {
  months: readonly string[];
  /** Customers present, added up over the months. */
  present: number;
  atRisk: number;
  left: number;
}

const churnOf = (facts: KpiFacts): Churn => {
  const months = wholeMonths(facts);
  const over = (what: string, monthFor: (month: string) => string = (month) => month): number =>
    months.reduce(
      (sum, month) => sum + (facts.customers.get(counterName('', what, monthFor(month))) ?? 0),
      0,
    );
  const atRisk = over('present', (month) => addMonths(month, -1));
  return { months, present: over('present'), atRisk, left: atRisk - over('stayed') };
};

const tooYoung = ({ months, atRisk }: Churn): (string | false)[] => [
  months.length === 0 && 'Not enough data: the range holds no whole month that is over.',
  tooFew('customers at risk', atRisk, fewest.atRisk),
];

/** Per month, divided by the churn; a sum of refunds may be below nothing, which turns its interval round. */
const lifetimeOf = (perMonth: number, { left, atRisk }: Churn): Omit<Value, 'basis'> => {
  const { value, low, high } = rateOf(left, atRisk);
  const [least, most] = [perMonth / high, perMonth / low].sort((a, b) => a - b) as [number, number];
  return tidied({ value: perMonth / value!, low: least, high: most });
};

const of: Readonly<Record<KpiId, (facts: KpiFacts, sums: Sums) => Value>> = {
  'conversion-rate': (_, sums) => {
    const [converted, begun] = [get(sums, 'converted'), get(sums, 'entered')];
    return figure(
      { 'runs that reached their goal': converted, 'runs begun': begun },
      [tooFew('runs begun', begun, fewest.rate)],
      () => rate(converted, begun),
    );
  },
  'cost-per-acquisition': (facts, sums) => {
    const [cost, conversions] = [costIn(facts.costs, facts.range), get(sums, 'conversions')];
    return figure(
      { cost: tidy(cost), conversions },
      [noCosts(cost), conversions === 0 && 'Nobody converted on these days.'],
      () => ({ value: tidy(cost / conversions) }),
    );
  },
  'average-revenue': (_, sums) => {
    const [revenue, orders] = [get(sums, 'revenue'), get(sums, 'valuedOrders')];
    return figure(
      { orders, revenue: tidy(revenue) },
      [tooFew('orders with a value', orders, fewest.mean)],
      () => tidied(meanOf(revenue, get(sums, 'revenueSquares'), orders)!),
    );
  },
  'lifetime-value': (facts) => {
    const churn = churnOf(facts);
    const { months, present, atRisk, left } = churn;
    const sums = sumDays(facts.days.filter(({ day }) => months.includes(monthOf(day))));
    const revenue = get(sums, 'revenue');
    return figure(
      {
        ...{ months: months.length, 'customer months': present, revenue: tidy(revenue) },
        ...{ 'at risk': atRisk, left },
      },
      [
        ...tooYoung(churn),
        left <= 0 && 'Nobody left: a lifetime without end cannot be put into a number.',
        present <= 0 && 'Nobody was there any more: there is no month of a customer to tell of.',
        get(sums, 'valuedOrders') === 0 && 'No order of these months tells its value.',
      ],
      () => lifetimeOf(revenue / present, churn),
    );
  },
  churn: (facts) => {
    const churn = churnOf(facts);
    const { months, atRisk, left } = churn;
    return figure({ months: months.length, 'at risk': atRisk, left }, tooYoung(churn), () =>
      rate(left, atRisk),
    );
  },
  nps: ({ definitions: { nps } }, sums) => {
    const [promoters, passive, detractors] = ['promoter', 'passive', 'detractor'].map((kind) =>
      get(sums, `nps|${kind}`),
    ) as [number, number, number];
    const answers = promoters + passive + detractors;
    const points = (value: number): number => Math.round(value * 1000) / 10;
    return figure(
      { promoters, passive, detractors },
      [unasked(nps, 'nps'), tooFew('answers', answers, fewest.rate)],
      () => {
        const { value, low, high } = differenceOfShares(promoters, detractors, answers)!;
        return { value: points(value), low: points(low), high: points(high) };
      },
    );
  },
  csat: ({ definitions: { csat } }, sums) => {
    const satisfied = get(sums, 'csat|satisfied');
    const answers = satisfied + get(sums, 'csat|other');
    return figure(
      { satisfied, answers },
      [unasked(csat, 'csat'), tooFew('answers', answers, fewest.rate)],
      () => rate(satisfied, answers),
    );
  },
  'cycle-length': (_, sums) => {
    const sketch = sketchOf(sums, counterName('', 'cycle', ''));
    const conversions = [...sketch.values()].reduce((a, b) => a + b, 0);
    const within = (q: number): number => Math.round((quantileOf(sketch, q) ?? 0) / 1000);
    const reason = tooFew('conversions', conversions, fewest.median);
    const basis = { conversions, ...(reason === false && { 'nine of ten within seconds': within(0.9) }) };
    return figure(basis, [reason], () => ({
      value: within(0.5),
      note: `Right to ${relativeError * 100} %; nine of ten within ${describeDuration(within(0.9) * 1000)}.`,
    }));
  },
  return: (facts, sums) => {
    const cost = costIn(facts.costs, facts.range);
    const [orders, goals] = [get(sums, 'revenue'), get(sums, 'value')];
    const hasOrders = get(sums, 'valuedOrders') > 0;
    const revenue = hasOrders ? orders : goals;
    const happened = get(sums, 'orders') + get(sums, 'conversions');
    return figure(
      { revenue: tidy(revenue), cost: tidy(cost) },
      [
        noCosts(cost),
        happened > 0 &&
          !hasOrders &&
          goals === 0 &&
          'No order and no goal of these days tells what it brought.',
      ],
      () => ({ value: tidy((revenue - cost) / cost) }),
    );
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
