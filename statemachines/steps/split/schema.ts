import { z } from 'zod';
import { line } from '../../../shared/model/document-text.ts';
import { common, type Sequence } from '../common.ts';

const arm = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      name: line(200).describe('The words on the arm'),
      weight: z.number().min(0).max(100).describe('Percent of the runs'),
      steps: sequence,
    })
    .meta({ title: 'An arm of the test' });

export const splitSchema = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      ...common('split'),
      arms: z.array(arm(sequence)).min(2, 'name at least two arms').max(20).describe('Weights sum to 100'),
      sticky: z
        .boolean()
        .optional()
        .describe('A contact who comes again gets the same arm; drawn for each run when left out'),
    })
    .meta({ id: 'step-split', title: 'Test one way against another' });
export type SplitStep<S = unknown> = z.infer<ReturnType<typeof splitSchema<S>>>;
