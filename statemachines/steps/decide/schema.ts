import * as z from 'zod';
import { conditionSchema } from '#conditions/schema';
import { line } from '#model/document-text';
import { answer, common, otherwise, type Sequence } from '../common.ts';

const branch = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      answer,
      if: conditionSchema.describe('The contact goes here if this is true'),
      steps: sequence,
    })
    .meta({ title: 'A possible answer' });

export const decideSchema = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      ...common('decide'),
      question: line(200).describe('The words in the picture'),
      branches: z
        .array(branch(sequence))
        .min(1, 'name at least one branch')
        .max(50)
        .describe('The first that is true, in this order'),
      otherwise: otherwise(sequence).describe('When none is true'),
    })
    .meta({ id: 'step-decide', title: 'Ask what is true of the contact now' });
export type DecideStep<S = unknown> = z.infer<ReturnType<typeof decideSchema<S>>>;
