import * as z from 'zod';

/** Raised when a member changes its meaning or goes; new members and types come without. */
export const happeningVersion = 1;

const text = z.string();

/** Types are noun and past participle; what is there of the other members depends on them. */
const happeningTypes = [
  ...['run-entered', 'run-refused', 'run-converted', 'run-ended'],
  ...['step-reached', 'step-answered', 'step-skipped', 'step-failed'],
  ...['message-sent', 'message-skipped', 'message-failed', 'message-indeterminate'],
  ...['message-delivered', 'message-opened', 'message-clicked', 'message-bounced', 'message-complained'],
  ...['message-unsubscribed', 'message-replied', 'link-clicked'],
  ...['contact-known', 'contact-erased', 'segment-entered', 'segment-left', 'event-stored'],
] as const;

/**
 * One thing that happened, as other systems are told of it: ids, names that the author chose, and numbers. No
 * field of a contact, no property of an event, no address; links without their query.
 */
export const happeningSchema = z
  .object({
    version: z.literal(happeningVersion),
    id: text.describe('The same whenever it is told again: it is told at least once'),
    type: z.enum(happeningTypes),
    at: text.describe('When it happened (ISO 8601, UTC)'),
    client: text,
    contact: text.describe('Opaque id; after `contact-erased` nothing leads from it to anybody'),
    journey: text.optional(),
    journeyVersion: z.int().optional(),
    run: text.optional(),
    step: text.optional(),
    visit: z.int().optional(),
    answer: text.optional().describe('Branch or arm, in the words of the author'),
    branch: z.int().optional(),
    message: text.optional().describe('Id of the send'),
    channel: text.optional(),
    template: text.optional(),
    link: text.optional().describe('Host and path; parts that may be somebody’s own are `*`'),
    reason: text.optional(),
    how: text.optional().describe('How a run ended'),
    value: z.number().optional().describe('What a conversion was worth'),
    segment: text.optional(),
    source: text.optional().describe('Where the contact came from'),
    name: text.optional().describe('Name of a stored event'),
    kind: text.optional().describe('Kind of a stored event: track, form, page, …'),
  })
  .describe('One line of the stream of what happened');
export type Happening = z.output<typeof happeningSchema>;

/** What happened before it is filed under it: a sender whose clock stands at 1970 makes no folders of its own. */
export const firstDay = '2020-01-01';

/** The folder that a line of it belongs to, on S3 and on one machine: the day on which it happened, UTC. */
export const partitionOf = ({ at }: Pick<Happening, 'at'>): string =>
  `day=${at < firstDay ? firstDay : at.slice(0, 10)}`;
/** Above these folders. */
export const eventsFolder = 'events';
