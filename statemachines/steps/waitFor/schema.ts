import * as z from 'zod';
import { conditionSchema } from '#conditions/schema';
import { awaitedSchema } from '#conditions/triggers';
import { documentId, duration } from '#model/document-text';
import { answer, common, otherwise, type Sequence } from '../common.ts';

const branch = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      answer,
      on: awaitedSchema.describe('What is awaited'),
      if: conditionSchema.optional().describe('Only if this is true; `trigger` is what was heard'),
      steps: sequence,
    })
    .meta({ title: 'Something that may happen' });

export const waitForSchema = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      ...common('waitFor'),
      branches: z
        .array(branch(sequence))
        .min(1, 'name at least one branch')
        .max(50)
        .describe('The first that happens wins'),
      since: documentId
        .optional()
        .describe('Counts what happened since this step; since the run began when left out'),
      atMost: duration.describe('How long the run waits'),
      otherwise: otherwise(sequence).describe('When none of it happens in time'),
    })
    .meta({ id: 'step-waitFor', title: 'Wait for something the contact does' });
export type WaitForStep<S = unknown> = z.infer<ReturnType<typeof waitForSchema<S>>>;
