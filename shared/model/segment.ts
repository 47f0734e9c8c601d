import * as z from 'zod';
import { conditionSchema } from '../conditions/schema.ts';
import { line } from './document-text.ts';

export const segmentSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: line(200),
    if: conditionSchema,
  })
  .describe('A group of contacts, by what is true of them now');

export type Segment = z.infer<typeof segmentSchema>;
