import * as z from 'zod';

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
