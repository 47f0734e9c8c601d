import * as z from 'zod';

/** What can be stopped at once: everything that runs do, or the messages of one channel. */
export const stoppables = ['all', 'email', 'sms', 'push', 'team'] as const;
export type Stoppable = (typeof stoppables)[number];

const stopSchema = z.object({
  at: z.string(),
  because: z
    .enum(['person', 'brake', 'restored'])
    .describe(
      'Who stopped it: somebody, the bound of messages in `brake` of client.json, or a restore from a backup',
    ),
  note: z.string().optional(),
});
export type Stop = z.output<typeof stopSchema>;

/** Members of `sending` in answers. */
export const sendingStateSchema = z.object({
  paused: z
    .partialRecord(z.enum(stoppables), stopSchema)
    .describe('What is paused, and why; empty when everything may go'),
  brake: z
    .array(
      z.object({
        per: z.enum(['hour', 'day']),
        atMost: z.number(),
        used: z.number().describe('Messages of this window so far; right to a few per cent of the bound'),
      }),
    )
    .describe('Bounds of messages (`brake` in client.json) and how much of them is used'),
});

export const pauseRequestSchema = z.strictObject({
  channel: z
    .enum(['email', 'sms', 'push', 'team'])
    .optional()
    .describe('Only messages of this channel; everything when left out'),
  note: z.string().max(300).optional().describe('Why, for whoever comes next; no personal data'),
});
