import * as z from 'zod';
import { conditionSchema } from '#conditions/schema';
import { documentId, line } from '#model/document-text';

/** Members that every step has. */
export const common = <T extends string>(type: T) => ({
  id: documentId.describe('Unique in the document; what reports and conditions call the step'),
  type: z.literal(type),
  name: line(200).optional().describe('For people: pictures, reports and the console of Step Functions'),
  if: conditionSchema.optional().describe('Not met: the step is skipped, and counted as skipped'),
});

export const answer = line(200).describe('The words on the branch');

export const jsonValue = z.json().meta({ id: 'json', title: 'Any value of JSON' });

/** One text with Liquid in it. */
export const liquid = (max: number) => z.string().min(1).max(max);
/** Liquid that becomes a header or one line. */
export const liquidLine = (max: number) => line(max);

/** The list of steps of a branch; may be empty. Handed in, because step types do not know each other. */
export type Sequence<S> = z.ZodType<S[]>;

export const otherwise = <S>(sequence: Sequence<S>) =>
  z.strictObject({ answer: answer.optional(), steps: sequence }).describe('When no branch fits');
