import { z } from 'zod';
import { line } from './document-text.ts';

export const segmentSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: line(200),
    if: z.record(z.string(), z.json()).describe('A condition of the journey language'),
  })
  .describe('A group of contacts, by what is true of them now');

export type Segment = z.infer<typeof segmentSchema>;
