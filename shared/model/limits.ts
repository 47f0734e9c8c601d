import * as z from 'zod';
import { duration } from './document-text.ts';

const limit = z.strictObject({ atMost: z.number().int().min(1).max(1_000_000_000), per: duration });
export type Limit = z.infer<typeof limit>;

const usual = (atMost: number, per: string) => limit.default({ atMost, per });

/** How much may come in, and from whom. What is over it is answered 429 with `Retry-After`. */
export const limitsSchema = z.strictObject({
  address: usual(5, '10 minutes').describe('Form posts for one e-mail address or phone number'),
  mailbox: z
    .number()
    .int()
    .min(1)
    .default(20)
    .describe('So many of them within the same time over all spellings of one mailbox (`+tags`, dots)'),
  unanswered: duration
    .default('2 days')
    .describe(
      'A form post brings a mailbox or a number that did not answer yet (a click, a confirmation) another message only when nobody has posted it for so long; four times as long after the second one',
    ),
  forms: usual(120, '10 minutes').describe('Form posts of one caller (IP address)'),
  events: usual(60_000, '1 minute').describe('Events of one caller; a batch counts each of its own'),
  origin: usual(300_000, '1 minute').describe('Events and form posts of the pages of one origin'),
  key: usual(600_000, '1 minute').describe('Events with one write key, or posts of one form'),
  proxies: z
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      'How many proxies of yours stand before the API (CloudFront: 1); the caller is who asked the first',
    ),
});
