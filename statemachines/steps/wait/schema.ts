import * as z from 'zod';
import { datePath, offsetText } from '#conditions/triggers';
import { weekdays } from '#kernel/zones';
import { duration, timeOfDay, timezone } from '#model/document-text';
import { common } from '../common.ts';

const between = z
  .strictObject({
    between: z.tuple([duration, duration]).describe('Shortest and longest; drawn for each run'),
  })
  .meta({ title: 'A while between two' });

const untilTime = z
  .strictObject({
    time: timeOfDay.describe('"09:30"'),
    days: z
      .array(z.enum(weekdays))
      .min(1, 'name at least one day')
      .max(7)
      .optional()
      .describe('Any day when left out'),
    timezone: z
      .union([z.literal('contact'), timezone])
      .optional()
      .describe('`contact` (when left out) or an IANA name'),
  })
  .meta({ title: 'The next time the clock shows this' });

const untilDate = z
  .strictObject({
    date: datePath,
    offset: offsetText.optional(),
    at: timeOfDay.optional().describe('The time of that day; its first minute when left out'),
  })
  .meta({ title: 'A date of the contact' });

export const waitSchema = z
  .strictObject({
    ...common('wait'),
    for: z.union([duration, between]).optional().describe('How long'),
    until: z.union([untilTime, untilDate]).optional().describe('Until when. What is past goes on at once'),
  })
  .refine((step) => (step.for === undefined) !== (step.until === undefined), {
    error: 'exactly-one:for,until',
  })
  .meta({ id: 'step-wait', title: 'Wait', oneOf: [{ required: ['for'] }, { required: ['until'] }] });
export type WaitStep = z.infer<typeof waitSchema>;
