import * as z from 'zod';
import { isZone } from '../kernel/zones.ts';
import { contactChannels } from './channel.ts';
import { documentId, duration, eventName, line } from './document-text.ts';

/** What is known, or assumed, of how people behave: the file of `wayleaf forecast --rates`. */

const share = z.number().min(0, 'a share lies from 0 to 1').max(1, 'a share lies from 0 to 1: 35 % is 0.35');

const timed = z
  .strictObject({
    rate: share.describe('Of those who come to it, how many do it at all'),
    median: duration.optional().describe('Half of them have done it by then'),
    slow: z
      .number()
      .min(1)
      .max(100)
      .optional()
      .describe('How many times the median the slowest tenth takes at least; 4 when left out'),
  })
  .meta({ title: 'A share, and how soon' });

export const rateSchema = z.union([share, timed]).meta({ id: 'rate', title: 'How many do it, and how soon' });
export type Rate = z.infer<typeof rateSchema>;

const eventRate = z
  .union([
    z.strictObject({
      perDay: z.number().min(0).max(100).describe('How often a contact does it, on average'),
    }),
    rateSchema,
  ])
  .meta({ id: 'event-rate', title: 'How often it happens' });
export type EventRate = z.infer<typeof eventRate>;

const engagement = z
  .strictObject({
    delivered: share.optional().describe('Of the messages sent; the others bounce'),
    opened: rateSchema.optional().describe('Of the messages sent'),
    clicked: rateSchema.optional().describe('Of the messages sent; who clicks has opened'),
    unsubscribed: share
      .optional()
      .describe('Of the messages sent; who does gets no further one on this channel'),
  })
  .meta({ id: 'engagement', title: 'What becomes of a message' });
export type Engagement = z.infer<typeof engagement>;

/** What a step's own entry may hold beside answers. */
export const stepMembers = ['if', 'lasts', 'delivered', 'opened', 'clicked', 'unsubscribed'] as const;

const step = z
  .record(line(200), z.union([rateSchema, duration]))
  .describe(
    'Answers of a decision, outcomes of a task, branches of a wait, each with its share; `if`: the share whose condition is met; `lasts`: median of a wait for a date; for a message `opened`, `clicked` and the like',
  );

export const ratesSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds this schema'),
    defaults: z
      .enum(['typical', 'none'])
      .optional()
      .describe('`typical` fills in what is missing and says what; `none` (when left out) refuses to'),
    enters: share.optional().describe('Of the audience, how many the journey lets in; all when left out'),
    over: duration
      .optional()
      .describe('The audience comes in evenly over so long; all at once when left out'),
    zones: z
      .record(z.string().refine(isZone, 'write a name of the IANA list, such as "Europe/Berlin"'), share)
      .optional()
      .describe("Shares of time zones; the client's alone when left out"),
    reachable: z
      .partialRecord(z.enum(contactChannels), share)
      .optional()
      .describe('By channel: who has an address and gave consent; all when left out'),
    messages: z
      .strictObject({ email: engagement.optional(), sms: engagement.optional(), push: engagement.optional() })
      .optional()
      .describe('By channel, where a step says nothing of its own'),
    steps: z.record(documentId, step).optional(),
    events: z.record(eventName, eventRate).optional(),
    forms: z.record(documentId, eventRate).optional(),
    tags: z.record(line(100), eventRate).optional(),
    segments: z
      .record(documentId, eventRate)
      .optional()
      .describe('Entering it, or leaving it, whichever the journey hears'),
  })
  .partial()
  .meta({ title: 'Rates of a Wayleaf forecast', description: 'How many people do what, and how soon' });
export type Rates = z.infer<typeof ratesSchema>;
