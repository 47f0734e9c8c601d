import * as z from 'zod';
import { documentId, line } from '#model/document-text';
import { enterSchema, exitRuleSchema, goalSchema } from '#model/entering';
import { sendingSchema } from '#model/sending';
import { stepSchema } from '../steps/schema.ts';

/** The journey language, version 1: one JSON document is one journey. */
export const journeySchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds this schema'),
    wayleaf: z.literal(1).describe('Version of the language'),
    id: documentId.describe('Identity of the journey over all its versions'),
    name: line(200).describe('For people'),
    objective: line(300).optional().describe('What it is for; the root of the tree in every picture'),
    enter: enterSchema.describe('How a contact comes in'),
    exit: z.array(exitRuleSchema).max(50).optional().describe('Any of these ends a run at once'),
    goal: goalSchema.optional().describe('What counts as success'),
    sending: sendingSchema.optional().describe('Rules for every message of the journey'),
    steps: z.array(stepSchema).min(1, 'write at least one step').describe('The tree'),
  })
  .meta({ title: 'Wayleaf journey', description: 'A customer journey as one JSON document' });
export type Journey = z.infer<typeof journeySchema>;

export type { Enter, ExitRule, Goal } from '#model/entering';
export type { Sending } from '#model/sending';
export type { Step } from '../steps/schema.ts';
