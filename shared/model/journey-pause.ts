import * as z from 'zod';

/** Why a journey was paused by itself, and what was counted within the last days. */
export const journeyPauseSchema = z
  .object({
    because: z.enum(['bounce-rate', 'complaint-rate']),
    at: z.string(),
    mails: z.number().describe('Mails that mailboxes answered'),
    bounced: z.number(),
    complained: z.number(),
  })
  .describe('Why the journey paused itself (`breaker` in client.json); gone when somebody resumes it');
export type JourneyPause = z.output<typeof journeyPauseSchema>;
