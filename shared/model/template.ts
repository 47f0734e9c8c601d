import * as z from 'zod';
import { documentId, languageTag, line } from './document-text.ts';

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
};
const ofMessages = {
  ...common,
  topic: documentId.optional().describe('What the contact can leave without leaving the channel'),
  requires: z
    .array(
      z
        .string()
        .regex(
          /^(?:contact|trigger|results)(?:\.[\p{L}\d_-]+)+$/u,
          'a variable such as "contact.renewalDate"',
        ),
    )
    .max(50)
    .optional()
    .describe('Variables without which nobody should get it; of others that have no default `check` warns'),
  language: languageTag
    .optional()
    .describe('What it is written in; the language of the client when left out'),
};

const bodies = {
  mjml: bodyOrFile
    .optional()
    .describe('The body in MJML with Liquid in it; turned into HTML when it is uploaded'),
  html: bodyOrFile.optional().describe('The body as HTML, instead of `mjml`'),
  text: bodyOrFile.optional().describe('The plain text; made from the HTML when left out'),
};
const notBoth = [
  (t: { mjml?: unknown; html?: unknown }): boolean => t.mjml === undefined || t.html === undefined,
  'write `mjml` or `html`, not both',
] as const;

const subject = line(500).describe('Liquid, one line');
const preheader = line(500).optional().describe('The grey line that inboxes show after the subject; Liquid');

/** By language: `de`, or `de-AT` for one country. */
const inLanguages = <T extends z.ZodType>(variant: T) =>
  z
    .record(languageTag, variant)
    .refine((all) => Object.keys(all).length <= 50, 'at most 50 languages')
    .optional();

const emailTemplateSchema = z
  .strictObject({
    ...ofMessages,
    channel: z.literal('email'),
    subject,
    preheader,
    layout: documentId
      .optional()
      .describe('The layout around it: the body takes the place of `{% block content %}` there'),
    ...bodies,
    languages: inLanguages(
      z.strictObject({ subject: subject.optional(), preheader, ...bodies }).refine(...notBoth),
    ).describe('The same mail in other languages, for contacts with such a `language`'),
  })
  .refine((t) => (t.mjml ?? t.html ?? t.text) !== undefined, 'an e-mail needs `mjml`, `html` or `text`')
  .refine(...notBoth);

const smsTemplateSchema = z.strictObject({
  ...ofMessages,
  channel: z.literal('sms'),
  text: bodyOrFile.describe('Liquid; each 160 characters (70 with letters outside GSM-7) are one paid part'),
  languages: inLanguages(z.strictObject({ text: bodyOrFile })).describe(
    'The same text in other languages, for contacts with such a `language`',
  ),
});

export const templateSchema = z
  .discriminatedUnion('channel', [emailTemplateSchema, smsTemplateSchema])
  .describe('One message, as a marketer writes it');

/** As it stands in a folder or comes by `PUT`. */
export type TemplateSource = z.infer<typeof templateSchema>;
export type EmailSource = z.infer<typeof emailTemplateSchema>;

const partBodies = {
  mjml: bodyOrFile.optional().describe('For templates in MJML'),
  html: bodyOrFile.optional().describe('For templates in HTML'),
  text: bodyOrFile.optional().describe('For plain text, text messages and subjects'),
};
const partMembers = {
  ...common,
  ...partBodies,
  languages: inLanguages(z.strictObject(partBodies)).describe('The same in other languages'),
};
const hasBody = [
  (part: { mjml?: unknown; html?: unknown; text?: unknown }): boolean =>
    (part.mjml ?? part.html ?? part.text) !== undefined,
  'it needs `mjml`, `html` or `text`',
] as const;

export const layoutSchema = z
  .strictObject(partMembers)
  .refine(...hasBody)
  .describe(
    'What stands around the bodies of templates: head, logo, footer. `{% block content %}{% endblock %}` marks the place of the body, further blocks what templates may replace',
  );
export const partialSchema = z
  .strictObject(partMembers)
  .refine(...hasBody)
  .describe(
    "A piece that templates, layouts and other partials take in: `{% render 'signature' %}`, or with values `{% render 'button', text: 'Go', link: links.trial %}`",
  );
export type PartSource = z.infer<typeof layoutSchema>;
