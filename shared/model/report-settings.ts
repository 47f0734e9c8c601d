import * as z from 'zod';
import { documentId, duration, eventName, line, mailAddress, timeOfDay } from './document-text.ts';

const path = z
  .string()
  .regex(/^properties(?:\.[A-Za-z0-9_-]{1,64}){1,4}$/, 'a path into the event, such as "properties.revenue"');

const revenue = z
  .strictObject({
    event: eventName.default('Order Completed'),
    value: path.default('properties.revenue'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'a currency such as "EUR"')
      .optional()
      .describe('Orders whose `properties.currency` is another one are counted, and their value is not'),
  })
  .describe('The event that brings money, and where its amount stands');

const answer = (on: string) =>
  z.strictObject({
    form: documentId.optional().describe('The form that asks'),
    event: eventName.optional().describe('Or the event that tells the answer'),
    value: path.describe(on),
  });

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const weeklyMail = z
  .strictObject({
    to: z.array(mailAddress).max(50).default([]).describe('Colleagues; others may be added by the API'),
    day: z.enum(days).default('monday'),
    at: timeOfDay.default('08:00').describe('By the clock of `timezone`'),
  })
  .describe('The figures of the week before, by mail');

/** `reports` in client.json: what the figures are made of. */
export const reportSettingsSchema = z
  .strictObject({
    revenue: revenue.prefault({}),
    active: z
      .array(eventName)
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Events that make somebody a customer who is still there; the event of `revenue` when left out',
      ),
    nps: answer('Where the answer from 0 to 10 stands').optional().describe('Net promoter score'),
    csat: answer('Where the answer stands')
      .extend({ satisfiedFrom: z.number().default(4).describe('The least answer of a satisfied customer') })
      .optional()
      .describe('Customer satisfaction'),
    sources: z
      .record(line(60), line(60))
      .default({})
      .describe('Names for sources: `{ "fb": "facebook", "ig": "instagram" }`'),
    mail: weeklyMail.prefault({}),
  })
  .describe('What the figures of the reports are made of');
export type ReportSettings = z.infer<typeof reportSettingsSchema>;

export const defaultReportSettings = (): ReportSettings => reportSettingsSchema.parse({});

/** What is counted, and by which clock. Kept with what was counted by it, so that a change counts all anew. */
export interface Definitions {
  timezone: string;
  revenue: ReportSettings['revenue'];
  active: readonly string[];
  nps?: ReportSettings['nps'];
  csat?: ReportSettings['csat'];
  sources: Readonly<Record<string, string>>;
}

/** @param client settings as stored, perhaps by a release that knew no reports */
export const definitionsOf = (client: { timezone: string; reports?: ReportSettings }): Definitions => {
  const { revenue, active, nps, csat, sources } = client.reports ?? defaultReportSettings();
  return {
    timezone: client.timezone,
    revenue,
    active: active ?? [revenue.event],
    ...(nps && { nps }),
    ...(csat && { csat }),
    sources,
  };
};

/** `eventsOut` in client.json. */
export const eventsOutSchema = z
  .strictObject({
    on: z
      .boolean()
      .default(false)
      .describe(
        'Everything that happens goes to the default bus of EventBridge, source `wayleaf.CLIENT`; on one machine to `events/` in the data folder. Ids only',
      ),
    s3: z
      .strictObject({
        keep: duration.optional().describe('How long files are kept, at least a day; for good when left out'),
      })
      .optional()
      .describe(
        'On AWS also as files in a bucket of the client, a folder for each day, with a table that Athena reads',
      ),
  })
  .refine(({ on, s3 }) => on || s3 === undefined, {
    message: 'nothing would come there: write `"on": true` beside it, or leave it out',
    path: ['s3'],
  })
  .describe('What other systems are told');
