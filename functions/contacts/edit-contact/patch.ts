import * as z from 'zod';
import { idPattern, line } from '#model/document-text';
import { isFieldName, maxFieldNameLength } from '#model/field';
import { isTag } from '#policy/contacts/contact-fields';
import { normaliseEmail, normalisePhone } from '#policy/contacts/identity';

const fieldName = z
  .string()
  .refine(
    isFieldName,
    `a name of at most ${maxFieldNameLength} characters that is not one of the contact's own members`,
  );
const tag = z.string().refine(isTag, 'a tag of 1 to 100 characters');

const isAddress = (name: string, value: unknown): boolean =>
  value === null ||
  (name === 'email'
    ? typeof value === 'string' && normaliseEmail(value) !== undefined
    : name !== 'phone' || (typeof value === 'string' && normalisePhone(value) !== undefined));

const fields = z.record(fieldName, z.json()).superRefine((set, issues) => {
  for (const [name, value] of Object.entries(set))
    if (!isAddress(name, value))
      issues.addIssue({
        code: 'custom',
        path: [name],
        message: name === 'email' ? 'an e-mail address' : 'a phone number with its country code',
      });
});

/** Body of `PATCH /v1/contacts/{id}`; the words of an `update` step, and consent. */
export const patchSchema = z.strictObject({
  set: fields.optional().describe('Fields by name; null takes one away'),
  unset: z.array(fieldName).max(100).optional(),
  addTags: z.array(tag).max(100).optional(),
  removeTags: z.array(tag).max(100).optional(),
  addScore: z.number().min(-1_000_000).max(1_000_000).optional(),
  stage: z.string().min(1).max(100).optional(),
  consent: z
    .record(z.string().regex(idPattern), z.boolean())
    .optional()
    .describe(
      'By channel or topic of the client. What the contact took back, only the contact can give again; after a complaint only this can',
    ),
  consentText: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('The words the contact agreed to; kept with each yes of this change'),
  consentOrigin: line(200)
    .optional()
    .describe('Where it was said, such as `on the phone`; kept with each word'),
});
export type ContactPatch = z.output<typeof patchSchema>;
