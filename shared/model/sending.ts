import * as z from 'zod';
import { documentId, duration, timeOfDay, timezone } from './document-text.ts';

/** Rules for messages, of a journey or of one step. What is left out comes from the client. */

const quietHoursSchema = z
  .strictObject({
    from: timeOfDay.describe('First minute in which nothing is sent'),
    to: timeOfDay.describe('First minute in which it goes on; may lie on the next day'),
    // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
    then: z
      .enum(['hold', 'skip'])
      .optional()
      .describe('`hold` (when left out): send it when the window ends. `skip`: do not send it at all'),
  })
  .meta({
    title: 'Quiet hours',
    description:
      'When nothing is sent: `{ "from": "21:00", "to": "08:00", "then": "hold" }`. Advertising by text has 20:00 to 09:00 where nobody sets any',
  });

const capSchema = z.strictObject({
  atMost: z.number().int().min(1).max(1000).describe('So many messages'),
  per: duration.describe('in so long a time'),
});

export const sendingSchema = z
  .strictObject({
    class: z
      .enum(['marketing', 'transactional'])
      .optional()
      .describe('`marketing` (when left out) needs consent and an unsubscribe link'),
    timezone: z
      .union([z.literal('contact'), timezone])
      .optional()
      .describe('`contact` (when left out): the zone of the contact, else of the client; or an IANA name'),
    quietHours: quietHoursSchema.optional(),
    cap: z
      .strictObject({ email: capSchema.optional(), sms: capSchema.optional(), push: capSchema.optional() })
      .optional()
      .describe('At most so many messages of a channel to one contact, over all journeys'),
    freshFor: duration.optional().describe('A message that is later than this is skipped as stale'),
    topic: documentId.optional().describe('What the contact can leave without leaving the channel'),
  })
  .meta({ id: 'sending', title: 'Rules for messages' });
export type Sending = z.infer<typeof sendingSchema>;
