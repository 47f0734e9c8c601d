import * as z from 'zod';
import { touchSchema } from './touch.ts';

/** The last word on one channel or topic; all of them stand in the ledger. */
export const consentSchema = z.object({
  given: z.boolean(),
  at: z.string(),
  /** What gave or took it: `form:demo-request`, `identify`, `unsubscribe`, `complaint`, `import`, `api`. */
  source: z.string(),
  /** The words the contact agreed to. */
  text: z.string().optional(),
  origin: z.string().optional(),
  /** Of a topic: the channel it is about. */
  channel: z.string().optional(),
  /** Of a channel: it was agreed to for this topic, and not by itself. */
  onlyFor: z.string().optional(),
  /**
   * Asked for, and not yet confirmed by a click in a mail. `address`: nor is it known otherwise that the
   * address is the contact's, so nothing at all is sent to it but the question.
   */
  pending: z.enum(['consent', 'address']).optional(),
  /** Until when it may be confirmed; then nobody waits for it any more. */
  until: z.string().optional(),
  /** The no that stands unless the click comes. */
  afterNo: z.object({ at: z.string(), source: z.string() }).optional(),
  /** Confirmed by a click in a mail, after it was asked for at that time. */
  askedAt: z.string().optional(),
  /** Of a yes that anybody could have posted: the reader or the client themselves said so, too. */
  own: z.literal(true).optional(),
});
export type Consent = z.infer<typeof consentSchema>;

const suppressionSchema = z.object({
  reason: z.enum(['soft-bounce', 'hard-bounce', 'complaint', 'unsubscribe', 'stop']),
  at: z.string(),
});

/** Points that one score rule gave. */
const rulePointsSchema = z.object({
  /** Sums as of a time (ISO): one where they fade by halves or not at all, else each by itself. */
  given: z.array(z.object({ points: z.number(), at: z.string() })),
  halfLifeMs: z.number().optional(),
  afterMs: z.number().optional(),
  /** What was given within the time of the rule's `cap`, and since when. */
  window: z.object({ from: z.string(), until: z.string().optional(), points: z.number() }).optional(),
});
export type RulePoints = z.infer<typeof rulePointsSchema>;

const scoringSchema = z.object({
  /** ISO: the time of which `score` beside it speaks. */
  asOf: z.string(),
  /** What was given by hand, by forms and steps; it does not fade. */
  base: z.number(),
  /** By the rule's id. */
  rules: z.record(z.string(), rulePointsSchema),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});
export type Scoring = z.infer<typeof scoringSchema>;

/**
 * What is known of one contact. `fields` holds the standard fields of Segment's reserved traits
 * (email, phone, firstName, …, timezone, language) and the client's own, by name, as JSON values.
 */
export const contactSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Counts writes; the ETag of the HTTP API and the condition of every update. */
  rev: z.number().int(),
  fields: z.record(z.string(), z.json()),
  tags: z.array(z.string()),
  score: z.number(),
  /** Where the score comes from and how it fades; only where the client has score rules. */
  scoring: scoringSchema.optional(),
  stage: z.string().optional(),
  /** By channel (`email`, `sms`, `push`) or topic. A topic with no entry follows its channel. */
  consent: z.record(z.string(), consentSchema),
  /** By channel. Blocks every send of that channel, transactional ones too unless reason is `unsubscribe` or `soft-bounce`. */
  suppressed: z.record(z.string(), suppressionSchema),
  /** Where it came from when it was first seen, as far as campaign marks say. */
  source: touchSchema.optional(),
  /** Ids of the segments it is in; kept by us, nobody sets them. */
  segments: z.array(z.string()).optional(),
  /** Ids of the contacts that became one with it; their histories are its own. */
  merged: z.array(z.string()).optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** @param at ISO */
export const emptyContact = (id: string, at: string): Contact => ({
  id,
  createdAt: at,
  updatedAt: at,
  rev: 0,
  fields: {},
  tags: [],
  score: 0,
  consent: {},
  suppressed: {},
});

/** The flat object that conditions (`contact.…`) and templates (`{{ contact.… }}`) read. */
export const viewContact = (contact: Contact): Record<string, unknown> => ({
  ...contact.fields,
  id: contact.id,
  createdAt: contact.fields.createdAt ?? contact.createdAt,
  tags: contact.tags,
  score: contact.score,
  stage: contact.stage,
});

/** May the contact be written to on this channel and topic, as far as consent goes? */
export const hasConsent = (contact: Contact, channel: string, topic?: string): boolean =>
  contact.consent[channel]?.given === true &&
  (topic === undefined || contact.consent[topic]?.given !== false);
