import * as z from 'zod';
import { parseMoment } from '#kernel/zones';
import { documentId, line } from '#model/document-text';
import {
  happeningSchema,
  maxHappenings,
  simulatedContactSchema,
  simulatedTriggerSchema,
  webhookAnswersSchema,
} from '#model/simulation';
import { isExpectedTime } from './times.ts';

/** What a journey is expected to do, in a file beside it; one named case for each contact. */

const instant = z
  .string()
  .refine(
    (text) => parseMoment(text, 'UTC')?.wholeDay === false,
    'write "2026-03-02 09:00" or 2026-03-02T09:00:00Z',
  )
  .describe('`"2026-03-02 09:00"`: by the clock of the contact. `"2026-03-02T09:00:00Z"`: an instant');

const time = z
  .string()
  .max(60)
  .refine(isExpectedTime, 'write "+2 days 09:30", "+36 hours", "2026-03-04 09:30" or 2026-03-04T09:30:00Z')
  .describe(
    '`"+2 days 09:30"`: two days later at half past nine by the clock of the contact. `"+36 hours"`: so long after the start. `"2026-03-04 09:30"`: by the clock of the contact. `"2026-03-04T09:30:00Z"`: an instant. `"2026-03-04"`: on that day. Right to the minute',
  )
  .meta({ examples: ['+0 days 09:00', '+2 days 09:30', '+36 hours', '2026-03-04 09:30'] });

const message = z
  .strictObject({
    at: time.optional(),
    step: documentId.describe('The step that sends it'),
    channel: z.string().min(1).optional(),
    to: z.string().min(1).optional(),
    subject: z.string().optional().describe('As it reads for this contact'),
  })
  .meta({ title: 'One message to the contact' });

const skip = z
  .strictObject({ at: time.optional(), step: documentId, reason: z.string().min(1).optional() })
  .meta({ title: 'A step that was skipped' });

const ended = z
  .strictObject({
    how: z.enum(['completed', 'exited', 'goal', 'not-entered', 'failed']).optional(),
    as: z.string().nullable().optional().describe('What the exit calls it'),
    step: z.string().nullable().optional(),
    at: time.optional(),
  })
  .meta({ title: 'How the run ends' });

const expectedSchema = z
  .strictObject({
    messages: z
      .array(message)
      .optional()
      .describe('All messages to the contact, in order; none other may be sent'),
    skipped: z.array(skip).optional().describe('All steps that are skipped, in order'),
    ended: ended.optional(),
    leaves: z
      .array(z.string().min(1))
      .optional()
      .describe('All leaves that are reached, in any order: `reaction/Clicked`'),
  })
  .refine(
    (expected) => Object.keys(expected).length > 0,
    'expect at least one of messages, skipped, ended, leaves',
  )
  .meta({ minProperties: 1, title: 'What is expected. What is left out may be anything' });
export type Expected = z.infer<typeof expectedSchema>;

const caseSchema = z
  .strictObject({
    name: line(200).describe('For people; unique in the file'),
    start: instant.optional().describe('Instead of that of the file'),
    seed: z.number().int().min(0).max(999_999_999).optional(),
    contact: simulatedContactSchema,
    trigger: simulatedTriggerSchema.optional(),
    events: z.array(happeningSchema).max(maxHappenings).optional().describe('What happens meanwhile'),
    arms: z
      .record(documentId, z.string())
      .optional()
      .describe('Arms that the draw gives, by the step that splits'),
    answers: webhookAnswersSchema.optional(),
    expect: expectedSchema.optional().describe('`--update` writes it'),
  })
  .meta({ title: 'One contact, and what is expected of the journey' });
export type ExpectationCase = z.infer<typeof caseSchema>;

export const expectationSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds this schema'),
    journey: z
      .string()
      .min(1)
      .optional()
      .describe('The journey document, from here; `ID.journey.json` beside `ID.expect.json` when left out'),
    start: instant.describe('When each run begins'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(999_999_999)
      .optional()
      .describe('For what is left to chance; 1 when left out'),
    cases: z.array(caseSchema).min(1, 'write at least one case').max(500),
  })
  .meta({
    title: 'Expectations of a Wayleaf journey',
    description: 'Contacts, and what the journey does for them',
  });
export type Expectations = z.infer<typeof expectationSchema>;
