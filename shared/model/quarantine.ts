import * as z from 'zod';

/** What could not be processed and waits for a person. */
export const quarantinedSchema = z.object({
  id: z.string(),
  at: z.string().describe('When it was put aside'),
  what: z.enum(['event', 'call']).describe('`event`: of a contact; `call`: what a function was called with'),
  function: z.string().optional().describe('The function that failed'),
  reason: z.string().describe('Name of the last error'),
  contact: z.string().optional(),
  event: z.object({ id: z.string(), type: z.string(), name: z.string(), at: z.string() }).optional(),
});
export type Quarantined = z.output<typeof quarantinedSchema>;

export const quarantineSchema = z.object({
  entries: z.array(quarantinedSchema).describe('Newest first, at most 200'),
  more: z.boolean().describe('There are older ones'),
});

export const quarantinedWholeSchema = quarantinedSchema.extend({
  payload: z.json().optional().describe('What was to be processed; it may hold personal data'),
});

export const replayedSchema = z.object({
  status: z
    .enum(['processed', 'counting-anew'])
    .describe(
      '`processed`: it was done; `counting-anew`: the stream has it no more, so all figures are counted anew',
    ),
});

export const replaySchema = z.object({
  heard: z.number().describe('Events that were heard by this call'),
  failed: z.number(),
  left: z.number().describe('Of those that it saw; ask again until none is left'),
});
