import { z } from 'zod';

const consentSchema = z.object({
  given: z.boolean(),
  at: z.string(),
  /** What gave or took it: `form:demo-request`, `identify`, `unsubscribe`, `complaint`, `import`, `api`. */
  source: z.string(),
  /** The words the contact agreed to. */
  text: z.string().optional(),
  origin: z.string().optional(),
});
export type Consent = z.infer<typeof consentSchema>;

const suppressionSchema = z.object({
  reason: z.enum(['hard-bounce', 'complaint', 'unsubscribe', 'stop']),
  at: z.string(),
});

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
  stage: z.string().optional(),
  /** By channel (`email`, `sms`, `push`) or topic. A topic with no entry follows its channel. */
  consent: z.record(z.string(), consentSchema),
  /** By channel. Blocks every send of that channel, transactional ones too unless reason is `unsubscribe`. */
  suppressed: z.record(z.string(), suppressionSchema),
  /** Ids of the segments it is in; kept by us, nobody sets them. */
  segments: z.array(z.string()).optional(),
});
export type Contact = z.infer<typeof contactSchema>;

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
