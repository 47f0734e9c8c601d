import * as z from 'zod';
import { conditionSchema } from '../conditions/schema.ts';
import { heardSchema, triggerSchema } from '../conditions/triggers.ts';
import { duration } from './document-text.ts';

/** How a journey begins for a contact, and what ends it from outside. */

const againSchema = z
  .union([
    z.literal('never').meta({ title: 'Once in a lifetime' }),
    z.literal('always').meta({ title: 'Whenever no run is active' }),
    z
      .strictObject({
        after: duration.describe('Counted from the start of the last run'),
        atMost: z.number().int().min(1).max(10_000).optional().describe('Runs of one contact in all'),
      })
      .meta({ title: 'After a while' }),
  ])
  .meta({ id: 'again', title: 'May a contact come again?' });

export const enterSchema = z
  .strictObject({
    on: z
      .array(triggerSchema)
      .min(1, 'name at least one trigger')
      .max(50)
      .describe('Any of these starts a run'),
    if: conditionSchema.optional().describe('Only contacts of whom this is true'),
    again: againSchema.optional().describe('`"never"` when left out'),
    key: z
      .string()
      .regex(
        /^(?:trigger|contact)\.[\p{L}_$][\p{L}\p{N}_$.-]*$/u,
        'write where the key stands, such as "trigger.properties.appointmentId"',
      )
      .optional()
      .describe('One run per contact and value of this at a time, instead of one per contact'),
  })
  .meta({ id: 'enter', title: 'How a contact comes in' });
export type Enter = z.infer<typeof enterSchema>;

export const exitRuleSchema = z
  .strictObject({
    on: heardSchema.optional().describe('When this is heard'),
    if: conditionSchema.optional().describe('and this is true; without `on`: as soon as this is true'),
  })
  .refine((rule) => rule.on !== undefined || rule.if !== undefined, { error: 'needs-on-or-if' })
  .meta({ id: 'exit-rule', title: 'Ends the run at once, also in a wait', minProperties: 1 });
export type ExitRule = z.infer<typeof exitRuleSchema>;

export const goalSchema = z
  .strictObject({
    on: heardSchema.describe('What is to happen'),
    within: duration.optional().describe('Counts only so long after the start of the run'),
    value: z
      .string()
      .regex(/^properties\.[\p{L}\p{N}_$.-]+$/u, 'write where the value stands, such as "properties.revenue"')
      .optional()
      .describe('What it is worth: a number of the event'),
    exit: z.boolean().optional().describe('End the run at once; `true` when left out'),
  })
  .meta({ id: 'goal', title: 'What counts as success' });
export type Goal = z.infer<typeof goalSchema>;
