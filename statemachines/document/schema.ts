import { z } from 'zod';
import { documentId, line } from '../../shared/model/document-text.ts';
import { enterSchema, exitRuleSchema, goalSchema } from '../../shared/model/entering.ts';
import { sendingSchema } from '../../shared/model/sending.ts';
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

export type { Enter, ExitRule, Goal } from '../../shared/model/entering.ts';
export type { Sending } from '../../shared/model/sending.ts';
export type { Step } from '../steps/schema.ts';
