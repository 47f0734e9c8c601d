import * as z from 'zod';
import { conditionSchema } from '#conditions/schema';
import { contactSchema } from '#model/contact';
import { documentId } from '#model/document-text';

export const segmentSizeSchema = z.object({
  id: z.string(),
  name: z.string(),
  members: z.int().describe('As counted from the stream of changes: a few seconds old'),
  state: z
    .enum(['building', 'ready'])
    .describe('building: contacts that were there before its words are still being looked at, or counted'),
  updatedAt: z.string().describe('When it was written last'),
  owner: z.enum(['folder', 'api']),
});
export type SegmentSize = z.infer<typeof segmentSizeSchema>;

export const membersSchema = z.object({
  segment: z.string(),
  members: z
    .array(
      z.object({
        since: z
          .string()
          .describe('When it came in; of those who were there before the segment, when they were found'),
        contact: contactSchema,
      }),
    )
    .describe('Who came last stands first'),
  next: z.string().nullable().describe('The `cursor` of the next page; null after the last'),
});
export type Members = z.infer<typeof membersSchema>;

/** Body of `POST /v1/segments/estimate`. */
export const segmentQuestionSchema = z.strictObject({
  if: conditionSchema,
  id: documentId
    .optional()
    .describe('Of the segment that is being changed, so that others that name it mean this'),
});
export type SegmentQuestion = z.output<typeof segmentQuestionSchema>;

export const segmentEstimateSchema = z.object({
  members: z
    .object({ expected: z.int(), low: z.int(), high: z.int() })
    .describe('With a 95 % interval (Wilson); all the same where everybody was looked at'),
  contacts: z.int().describe('All of them'),
  looked: z.int().describe('So many were asked'),
  method: z
    .enum(['all', 'sample', 'first'])
    .describe(
      'all: everybody was asked; sample: some, drawn by lot; first: so too, but only of those who came first, since there are more than 1.6 million',
    ),
  at: z.string().describe('When those who are asked were drawn: they are kept for five minutes'),
});
export type SegmentEstimate = z.output<typeof segmentEstimateSchema>;
