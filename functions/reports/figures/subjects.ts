import * as z from 'zod';
import type { Costs } from '#model/costs';
import { rateOf } from '#policy/reports/evidence';
import { counterName } from '../fold-counts/rows.ts';
import { costIn } from './costs.ts';
import { messagesOf, rateSchema } from './overview.ts';
import { type Range, rangeSchema } from './range.ts';
import { type Sums, tidy } from './sums.ts';

const n = z.number();

const templateSchema = z.object({
  template: z.string(),
  ...{
    messages: n,
    sent: n,
    delivered: n,
    opened: n,
    clicked: n,
    bounced: n,
    complained: n,
    skipped: n,
    failed: n,
  },
  converted: n.describe('Runs that came through one of its messages before they converted'),
  openRate: rateSchema,
  clickRate: rateSchema,
});
export const templatesSchema = z.object({ range: rangeSchema, templates: z.array(templateSchema) });

const segmentSchema = z.object({
  segment: z.string(),
  members: n.describe('Now'),
  entered: n.describe('Runs of contacts who were in it as they entered'),
  converted: n,
  conversions: n,
  value: n,
  conversion: rateSchema,
});
export const segmentsSchema = z.object({ range: rangeSchema, segments: z.array(segmentSchema) });

const journeySchema = z.object({
  journey: z.string(),
  name: z.string(),
  status: z.string(),
  entered: n.describe('Of all versions'),
  active: n,
  converted: n,
  value: n,
  conversion: rateSchema.optional().describe('Of those who entered; absent where the version has no goal'),
});
export const journeysSchema = z.object({
  range: rangeSchema.optional().describe('Runs that began on these days; all when left out'),
  journeys: z.array(journeySchema).describe('Those that were published'),
});
export type JourneyRow = z.output<typeof journeySchema>;

const sourceSchema = z.object({
  source: z
    .string()
    .describe('`utm_source` of the first visit; `(none)` where none is known, `(other)` beyond 500'),
  leads: n,
  entered: n,
  converted: n.describe('Of the runs begun on these days, until now'),
  conversions: n.describe('Goals reached on these days'),
  value: n.describe('What these goals were worth'),
  cost: n,
  costPerConversion: n.nullable(),
  return: n.nullable().describe('(value − cost) ÷ cost'),
  conversion: rateSchema,
});
export const sourcesSchema = z.object({
  range: rangeSchema,
  sources: z.array(sourceSchema),
  campaigns: z.array(sourceSchema.omit({ leads: true, cost: true, costPerConversion: true, return: true })),
});

export const journeyRow = (
  about: Pick<JourneyRow, 'journey' | 'name' | 'status'>,
  sums: Sums,
  hasGoal: boolean,
): JourneyRow => {
  const count = (what: string): number => sums.get(counterName('', what)) ?? 0;
  const [entered, converted] = [count('entered'), count('converted')];
  return {
    ...{ ...about, entered, active: count('active'), converted, value: tidy(count('value')) },
    ...(hasGoal && { conversion: rateOf(converted, entered) }),
  };
};

export const templateRow = (template: string, sums: Sums): z.output<typeof templateSchema> => {
  const { unsubscribed: _, indeterminate: __, ...figures } = messagesOf(sums, '');
  return {
    template,
    ...figures,
    converted: sums.get(counterName('', 'converted')) ?? 0,
    openRate: rateOf(figures.opened, figures.sent),
    clickRate: rateOf(figures.clicked, figures.sent),
  };
};

const origin = (sums: Sums, name: string) => {
  const count = (what: string): number => sums.get(counterName(name, what)) ?? 0;
  const [entered, converted] = [count('entered'), count('converted')];
  return {
    ...{ entered, converted, conversions: count('conversions'), value: tidy(count('value')) },
    conversion: rateOf(converted, entered),
  };
};

export const segmentRow = (segment: string, members: number, sums: Sums): z.output<typeof segmentSchema> => ({
  ...{ segment, members },
  ...origin(sums, ''),
});

const namesIn = (sums: Sums): string[] => [
  ...new Set([...sums].filter(([, count]) => count !== 0).map(([name]) => name.slice(0, name.indexOf('|')))),
];

export const sourceRows = (sums: Sums, costs: Costs, range: Range): z.output<typeof sourceSchema>[] => {
  const spent = costs.costs.filter(({ amount }) => amount > 0).map(({ source }) => source);
  const names = [
    ...new Set([...namesIn(sums), ...spent.filter((source) => costIn(costs, range, source) > 0)]),
  ];
  return names
    .map((source) => {
      const figures = origin(sums, source);
      const cost = tidy(costIn(costs, range, source));
      return {
        ...{ source, leads: sums.get(counterName(source, 'leads')) ?? 0 },
        ...figures,
        cost,
        costPerConversion: cost > 0 && figures.conversions > 0 ? tidy(cost / figures.conversions) : null,
        return: cost > 0 ? tidy((figures.value - cost) / cost) : null,
      };
    })
    .sort((a, b) => b.conversions - a.conversions || b.entered - a.entered || (a.source < b.source ? -1 : 1));
};

export const campaignRows = (sums: Sums): z.output<typeof sourcesSchema>['campaigns'] =>
  namesIn(sums)
    .map((source) => ({ source, ...origin(sums, source) }))
    .sort((a, b) => b.conversions - a.conversions || b.entered - a.entered || (a.source < b.source ? -1 : 1));
