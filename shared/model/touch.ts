import * as z from 'zod';

/** Where somebody came from, as campaign marks say; short words in lower case that tell of nobody. */
export const touchSchema = z.object({
  source: z.string(),
  medium: z.string().optional(),
  campaign: z.string().optional(),
});
export type Touch = z.infer<typeof touchSchema>;
