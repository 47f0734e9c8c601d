import * as z from 'zod';
import { contactChannels } from './channel.ts';
import { documentId, duration, languageTag, line, webAddress } from './document-text.ts';
import { choiceOptions, formFieldName, inputName, plainFieldTypes } from './field.ts';

const label = line(200).optional().describe('For people');
const required = z.boolean().optional();
const plain = z.strictObject({
  type: z.enum([...plainFieldTypes, 'hidden']),
  required,
  label,
});
const choice = z.strictObject({
  type: z.literal('choice'),
  options: choiceOptions,
  required,
  label,
});
const formFieldSchema = z.discriminatedUnion('type', [plain, choice]);
export type FormField = z.infer<typeof formFieldSchema>;

const origin = webAddress.refine(
  // What is no address at all is told so, once.
  (text) => !URL.canParse(text) || new URL(text).origin === text,
  'an origin is https:// and a host, without a path: "https://www.example.com"',
);

const consent = z.strictObject({
  field: inputName.describe('The checkbox of the form'),
  value: line(200).describe('The one value that counts as yes'),
  channel: z.enum(contactChannels),
  topic: documentId.optional(),
  text: z.string().min(1).max(2000).describe('The words that the contact agrees to, kept as proof'),
});

const doubleOptIn = z.strictObject({
  template: documentId
    .optional()
    .describe('The mail that asks; it prints `{{ links.confirm }}`. A plain one of ours when left out'),
  thanks: webAddress
    .optional()
    .describe('Where a browser goes after the click; a page of ours when left out'),
  validFor: duration.default('30 days').describe('How long the link in the mail works'),
});

const challenge = z
  .strictObject({
    provider: z.enum(['turnstile', 'hcaptcha']),
    secret: documentId.describe('Name of the secret that `PUT /v1/secrets/{name}` keeps'),
  })
  .describe('A check by Turnstile or hCaptcha, whose widget adds its own field to the post');

/** Codes of wrong fields, and the words of our own pages. */
const messageNames = [
  ...['missing-field', 'repeated-field', 'wrong-type', 'too-long', 'control-character', 'no-identity'],
  'web-address',
  ...[
    'invalid-email',
    'invalid-phone',
    'invalid-number',
    'invalid-boolean',
    'invalid-date',
    'invalid-choice',
  ],
  ...['page-title', 'page-send', 'page-back', 'thanks-title', 'thanks-text'],
  ...['confirm-title', 'confirm-text', 'confirm-button', 'confirmed-title', 'confirmed-text'],
] as const;

const messages = z
  .partialRecord(z.enum(messageNames), line(300))
  .describe('Words in the language of the site: `{ "missing-field": "„{label}“ fehlt noch." }`');

export const formSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: line(200),
    fields: z
      .record(formFieldName, formFieldSchema)
      .refine((f) => Object.keys(f).length > 0, 'a form needs at least one field')
      .refine((f) => Object.keys(f).length <= 100, 'a form has at most 100 fields')
      .superRefine((f, context) => {
        for (const name of ['email', 'phone'].filter((of) => f[of] && f[of].type !== of))
          context.addIssue({
            ...{ code: 'custom', path: [name, 'type'] },
            message: `the field "${name}" leads to the contact: its type is "${name}", not "${f[name]?.type}"`,
          });
      })
      .describe('A field becomes the field of the contact of the same name'),
    consent: consent.optional(),
    origins: z.array(origin).max(50).default([]).describe('Sites whose pages may post this form'),
    originRequired: z
      .boolean()
      .default(false)
      .describe('Refuse requests that name no origin (servers, curl)'),
    thanks: webAddress.optional().describe('Where a browser goes after a plain form post'),
    honeypot: inputName.optional().describe('A field that people do not see; who fills it is a program'),
    minimumSeconds: z.number().min(0).max(3600).default(0).describe('Who is faster than this is a program'),
    doubleOptIn: z
      .union([z.boolean(), doubleOptIn])
      .default(false)
      .describe(
        'Consent counts, and anything else is sent, only after a click in a mail: `true`, or its mail and page',
      ),
    capture: z
      .array(z.enum(['utm', 'referrer']))
      .default(['utm', 'referrer'])
      .describe('What is kept beside the fields: `utm_…` marks; the page and its referrer'),
    challenge: challenge.optional(),
    language: languageTag.default('en').describe('Of the labels and messages'),
    messages: messages.optional(),
    tags: z.array(line(100)).max(20).default([]),
    addScore: z.number().int().min(-1000).max(1000).default(0),
  })
  .refine((f) => f.honeypot === undefined || !Object.hasOwn(f.fields, f.honeypot), {
    message: 'the honeypot must not be one of the fields',
    path: ['honeypot'],
  })
  .refine((f) => f.doubleOptIn === false || f.consent?.channel === 'email', {
    message: 'double opt-in confirms a consent by e-mail: declare `consent` with the channel "email"',
    path: ['doubleOptIn'],
  })
  .refine((f) => f.doubleOptIn === false || f.fields.email?.type === 'email', {
    message: 'double opt-in writes to the address in the field `email`: declare it with the type "email"',
    path: ['doubleOptIn'],
  })
  .describe('What one form of a website may post');

/** With every default filled in. */
export type Form = z.infer<typeof formSchema>;
export type FormSource = z.input<typeof formSchema>;

/** The form's own words for something, or the usual ones. */
export const wordsOf = (
  { messages = {} }: Pick<Form, 'messages'>,
  name: string,
  usual: string,
  label = '',
): string => {
  const own = (messages as Record<string, string | undefined>)[name];
  return own === undefined ? usual : own.replaceAll('{label}', () => label);
};

/** How a form asks for the click; undefined where it does not. */
export const askingOf = ({
  doubleOptIn: asking,
}: Pick<Form, 'doubleOptIn'>): z.infer<typeof doubleOptIn> | undefined =>
  asking === false ? undefined : asking === true ? doubleOptIn.parse({}) : asking;
