import { z } from 'zod';
import { documentId, line } from './document-text.ts';

/** Largest Liquid or MJML source of one body, in characters. */
const maxBodyLength = 200_000;

const body = z.string().max(maxBodyLength).describe('Liquid: `{{ contact.firstName | default: "friend" }}`');

const bodyOrFile = z.union([
  body,
  z
    .strictObject({
      file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'name a file of the same folder'),
    })
    .describe('A file beside this one; only in a client folder'),
]);

const common = {
  $schema: z.string().optional(),
  name: line(200).optional().describe('For people'),
  topic: documentId.optional().describe('What the contact can leave without leaving the channel'),
};

const emailTemplateSchema = z
  .strictObject({
    ...common,
    channel: z.literal('email'),
    subject: line(500).describe('Liquid, one line'),
    preheader: line(500).optional().describe('The grey line that inboxes show after the subject; Liquid'),
    mjml: bodyOrFile
      .optional()
      .describe('The body in MJML with Liquid in it; turned into HTML when it is uploaded'),
    html: bodyOrFile.optional().describe('The body as HTML, instead of `mjml`'),
    text: bodyOrFile.optional().describe('The plain text; made from the HTML when left out'),
  })
  .refine((t) => (t.mjml ?? t.html ?? t.text) !== undefined, 'an e-mail needs `mjml`, `html` or `text`')
  .refine((t) => t.mjml === undefined || t.html === undefined, 'write `mjml` or `html`, not both');

const smsTemplateSchema = z.strictObject({
  ...common,
  channel: z.literal('sms'),
  text: bodyOrFile.describe('Liquid; each 160 characters (70 with letters outside GSM-7) are one paid part'),
});

export const templateSchema = z
  .discriminatedUnion('channel', [emailTemplateSchema, smsTemplateSchema])
  .describe('One message, as a marketer writes it');

/** As it stands in a folder or comes by `PUT`. */
export type TemplateSource = z.infer<typeof templateSchema>;
