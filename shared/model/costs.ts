import * as z from 'zod';
import { line } from './document-text.ts';

const cost = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'a month such as "2026-11"'),
  source: line(60).describe(
    'As `utm_source` names it, in lower case; `(none)` for what no source can be named for',
  ),
  amount: z.number().min(0).max(1e12).describe('In the currency of `reports.revenue`'),
  note: line(200).optional(),
});

/** What was spent, by month and source; entered by hand or by a program, read by the reports. */
export const costsSchema = z
  .strictObject({ costs: z.array(cost).max(2_000) })
  .refine(({ costs }) => new Set(costs.map((each) => `${each.month}#${each.source}`)).size === costs.length, {
    message: 'each month and source stands once',
    path: ['costs'],
  });
export type Costs = z.output<typeof costsSchema>;
