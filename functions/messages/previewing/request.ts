import * as z from 'zod';
import { languageTag, mailAddress } from '#model/document-text';
import { layoutSchema, partialSchema, templateSchema } from '#model/template';
import { shownMembers } from './shown.ts';

const values = z.record(z.string().max(200), z.unknown());

const members = {
  contact: z
    .union([z.string().min(1).max(254), values])
    .optional()
    .describe(
      'Whose data it shows: id, user id or e-mail address of a contact, or fields; an example when left out',
    ),
  language: languageTag.optional().describe('Instead of the language of the contact'),
  trigger: z
    .strictObject({ event: z.string().max(200).default('Example'), properties: values.default({}) })
    .optional()
    .describe('`trigger.*`: the event that started the run'),
  data: values.optional().describe('`data.*`, as a step gives them'),
  results: values.optional().describe('`results.*`, as webhooks answered'),
  class: z.enum(['marketing', 'transactional']).default('marketing'),
  template: templateSchema
    .optional()
    .describe('A template that is not uploaded yet, instead of the one that is kept'),
  layouts: z
    .record(z.string(), layoutSchema)
    .default({})
    .describe('Layouts that it needs and that are not uploaded yet'),
  partials: z.record(z.string(), partialSchema).default({}).describe('Partials, the same'),
};

export const previewSchema = z.strictObject(members);
export type PreviewRequest = z.output<typeof previewSchema>;

export const testSchema = z.strictObject({
  ...members,
  to: mailAddress.describe('Who gets it: somebody whom client.json names, see `testSends` there'),
});

const issue = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string().optional(),
  path: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  message: z.string(),
  hint: z.string().optional(),
});

/** What `POST /v1/templates/{id}/preview` answers. */
export const previewAnswerSchema = z.object({
  template: z.string(),
  channel: z.enum(['email', 'sms']),
  language: z.string().optional().describe('In which it is written, where it says so'),
  ...shownMembers,
  skipped: z
    .object({ reason: z.string(), detail: z.string() })
    .optional()
    .describe('Why this contact would get nothing'),
  issues: z.array(issue),
});
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>;

/** What `POST /v1/templates/{id}/test` answers. */
export const testAnswerSchema = z.object({
  status: z.literal('sent'),
  to: z.string(),
  subject: z.string(),
  providerId: z.string(),
});
