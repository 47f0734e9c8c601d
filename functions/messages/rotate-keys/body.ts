import * as z from 'zod';
import { durationMs, durationPattern } from '#kernel/durations';
import { duration } from '#model/document-text';

const dayMs = 86_400_000;

/** The law (CAN-SPAM) wants an unsubscribe link to work for 30 days after the mail. */
const isLongEnough = (text: string): boolean =>
  !durationPattern.test(text) || (durationMs(text) >= 31 * dayMs && durationMs(text) <= 3650 * dayMs);

export const rotationSchema = z.strictObject({
  oldFor: duration
    .refine(isLongEnough, 'links must work on for 31 to 3650 days')
    .default('400 days')
    .describe('How long links of messages that were sent before go on working'),
  leaked: z
    .boolean()
    .default(false)
    .describe(
      'Others may have the old keys: the new one signs at once, and links of the old ones only unsubscribe',
    ),
});

export const linkKeysSchema = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      use: z
        .enum(['signs', 'next', 'old', 'leaked'])
        .describe('`next` verifies already and signs soon; `old` verifies; `leaked` only unsubscribes'),
      signsFrom: z.string().optional(),
      verifiesUntil: z.string().optional(),
    }),
  ),
  copied: z
    .boolean()
    .describe(
      'Whether their second home has them, too, from which redirects take them while the store is away; where it does not, that is tried again every five minutes',
    ),
});
