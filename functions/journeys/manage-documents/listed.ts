import * as z from 'zod';

/** One line of `GET /v1/templates` and `GET /v1/forms`. */
export const listedDocumentSchema = z.object({
  id: z.string(),
  name: z.string().optional().describe('Of a form'),
  channel: z.string().optional().describe('Of a template'),
  subject: z.string().optional().describe('Of a mail'),
  updatedAt: z.string().describe('When it was written last'),
  owner: z.enum(['folder', 'api']).describe('Who may change it'),
});
export type ListedDocument = z.output<typeof listedDocumentSchema>;
