import * as z from 'zod';
import { duration, line } from '#model/document-text';
import { common, type Sequence } from '../common.ts';

const arm = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      name: line(200).describe('The words on the arm'),
      weight: z.number().min(0).max(100).describe('Percent of the runs'),
      steps: sequence,
      holdout: z
        .boolean()
        .optional()
        .describe('Messages to the contact in this arm are counted as skipped (`holdout`) and not sent'),
    })
    .meta({ title: 'An arm of the test' });

const winner = z
  .strictObject({
    by: z
      .enum(['goal', 'clicked', 'opened'])
      .describe(
        "What counts: the journey's goal, or that the first message of the arm was clicked or opened",
      ),
    after: z
      .union([z.number().int().min(2).max(10_000_000), duration])
      .describe('When the arms are first compared: after so many runs, or so long after the first one'),
  })
  .meta({ title: 'How the better arm is found' });

export const splitSchema = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      ...common('split'),
      arms: z.array(arm(sequence)).min(2, 'name at least two arms').max(20).describe('Weights sum to 100'),
      sticky: z
        .boolean()
        .optional()
        .describe('A contact who comes again gets the same arm; drawn for each run when left out'),
      winner: winner
        .optional()
        .describe(
          'Once one arm is proven better than each other, all runs take it; until then the weights stand',
        ),
    })
    .meta({ id: 'step-split', title: 'Test one way against another' });
export type SplitStep<S = unknown> = z.infer<ReturnType<typeof splitSchema<S>>>;
