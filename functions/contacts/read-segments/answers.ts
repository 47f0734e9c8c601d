import { z } from 'zod';
import { contactSchema } from '#model/contact';

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
