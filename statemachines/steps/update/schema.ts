import * as z from 'zod';
import { line } from '#model/document-text';
import { common, jsonValue } from '../common.ts';

const fieldName = z
  .string()
  .regex(/^[\p{L}_$][\p{L}\p{N}_$-]{0,63}$/u, 'use letters, digits and underscores, a letter first');
const tags = z.array(line(100)).min(1, 'name at least one tag').max(50);

const changes = ['set', 'unset', 'addTags', 'removeTags', 'addScore', 'stage'] as const;

export const updateSchema = z
  .strictObject({
    ...common('update'),
    set: z.record(fieldName, jsonValue).optional().describe('Fields of the contact and their new values'),
    unset: z
      .array(fieldName)
      .min(1, 'name at least one field')
      .max(50)
      .optional()
      .describe('Fields to forget'),
    addTags: tags.optional().describe('Tags to give'),
    removeTags: tags.optional().describe('Tags to take away'),
    addScore: z.number().min(-1_000_000).max(1_000_000).optional().describe('May be negative'),
    stage: line(100).optional().describe('Where the contact now stands, such as "lead"'),
  })
  .refine((step) => changes.some((member) => step[member] !== undefined), {
    error: `at-least-one:${changes.join(',')}`,
  })
  .meta({
    id: 'step-update',
    title: 'Change what is known of the contact',
    anyOf: changes.map((member) => ({ required: [member] })),
  });
export type UpdateStep = z.infer<typeof updateSchema>;
