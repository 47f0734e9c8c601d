import { z } from 'zod';
import type { PictureCounts } from '#statemachines/picture/counts';

/** What a picture needs of the answer of `GET /v1/journeys/{id}/report`. */
export const countedSchema = z.object({
  entered: z.number(),
  steps: z.array(
    z.object({
      id: z.string(),
      entered: z.number(),
      answers: z.array(z.object({ answer: z.string(), count: z.number() })),
    }),
  ),
});

export const countsOf = ({ entered, steps }: z.output<typeof countedSchema>): PictureCounts => ({
  entered,
  steps: Object.fromEntries(steps.map((step) => [step.id, step.entered])),
  answers: Object.fromEntries(
    steps.flatMap(({ id, answers }) => answers.map(({ answer, count }) => [`${id}/${answer}`, count])),
  ),
});
