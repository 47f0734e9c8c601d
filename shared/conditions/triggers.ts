import * as z from 'zod';
import { offsetPattern } from '../kernel/durations.ts';
import { documentId, eventName, line, timeOfDay } from '../model/document-text.ts';
import { messageFact } from './schema.ts';

/** What happens to a contact and sets something going. */
const form = z.strictObject({ form: documentId }).meta({ title: 'A form was posted' });
const event = z.strictObject({ event: eventName }).meta({ title: 'An event was heard' });
const segment = z
  .strictObject({ segment: documentId, when: z.enum(['enters', 'leaves']) })
  .meta({ title: 'The contact entered or left a segment' });
const tag = z.strictObject({ tag: line(100) }).meta({ title: 'The contact was given a tag' });

/** A date that the contact, the trigger or a result holds; with its source in front. */
export const datePath = z
  .string()
  .regex(
    /^(?:contact|trigger|results)\.[\p{L}_$][\p{L}\p{N}_$.-]*$/u,
    'write where the date stands, such as "contact.renewalDate"',
  )
  .describe('Where the date stands: "contact.renewalDate"');
export const offsetText = z
  .string()
  .regex(offsetPattern, 'write a duration, with "-" in front for before: "-30 days"')
  .describe('Before (`-30 days`) or after (`2 days`) the date');
const date = z
  .strictObject({ date: datePath, offset: offsetText.optional(), at: timeOfDay.optional() })
  .meta({ title: 'A date of the contact comes' });
const manual = z
  .strictObject({ manual: z.literal(true) })
  .meta({ title: 'Somebody puts the contact in, by hand or by API' });

export const triggerSchema = z
  .union([form, event, segment, tag, date, manual])
  .meta({ id: 'trigger', title: 'A trigger' });
export type Trigger = z.infer<typeof triggerSchema>;

/** What can be heard while a run goes on: ends it, is its goal, or answers a wait. */
export const heardSchema = z
  .union([form, event, segment, tag])
  .meta({ id: 'heard', title: 'Something that happens to the contact' });

export const awaitedSchema = z
  .union([form, event, segment, tag, messageFact])
  .meta({ id: 'awaited', title: 'Something that a wait hears' });
export type AwaitedTrigger = z.infer<typeof awaitedSchema>;
