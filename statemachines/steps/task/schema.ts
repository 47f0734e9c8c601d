import * as z from 'zod';
import { documentId, duration, line } from '#model/document-text';
import { answer, common, liquid, liquidLine, otherwise, type Sequence } from '../common.ts';

const branch = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({ answer: answer.describe('One of the outcomes'), steps: sequence })
    .meta({ title: 'What follows an outcome' });

export const taskSchema = <S>(sequence: Sequence<S>) =>
  z
    .strictObject({
      ...common('task'),
      team: documentId.describe('A team of the client'),
      title: liquidLine(300).describe('What is to be done'),
      script: liquid(20_000).optional().describe('What to say or to look at'),
      due: duration.optional().describe('When it should be done'),
      outcomes: z
        .array(line(200))
        .min(1, 'name at least one outcome')
        .max(20)
        .optional()
        .describe('What can come of it. With outcomes the run waits for the answer'),
      branches: z
        .array(branch(sequence))
        .min(1, 'name at least one branch')
        .max(20)
        .optional()
        .describe('An outcome with no branch goes to `otherwise`'),
      atMost: duration.optional().describe('How long the run waits for the answer; required with `outcomes`'),
      otherwise: otherwise(sequence).optional().describe('No answer in time, or one that has no branch'),
    })
    .meta({ id: 'step-task', title: 'Work for a person' });
export type TaskStep<S = unknown> = z.infer<ReturnType<typeof taskSchema<S>>>;
