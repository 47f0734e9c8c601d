import * as z from 'zod';
import { documentId } from '#model/document-text';
import { common } from '../common.ts';

export const gotoSchema = z
  .strictObject({
    ...common('goto'),
    step: documentId.describe('The step to go on with'),
    atMost: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .describe('So often in one run; after that the run goes on with the step after the `goto`'),
  })
  .meta({ id: 'step-goto', title: 'Go on with another step' });
export type GotoStep = z.infer<typeof gotoSchema>;
