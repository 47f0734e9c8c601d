import * as z from 'zod';
import { documentId } from '#model/document-text';
import { sendingSchema } from '#model/sending';
import { common, jsonValue, liquidLine } from '../common.ts';

export const emailSchema = z
  .strictObject({
    ...common('email'),
    template: documentId.describe('Id of an e-mail template'),
    data: z.record(z.string(), jsonValue).optional().describe('More variables for the template: `data.NAME`'),
    subject: liquidLine(500).optional().describe('Instead of the subject of the template'),
    from: liquidLine(200).optional().describe('Name of the sender, instead of that of the client'),
    topic: documentId.optional().describe('What the contact can leave without leaving all mail'),
    sending: sendingSchema.optional().describe('Narrows the rules of the journey for this message'),
  })
  .meta({ id: 'step-email', title: 'Send an e-mail' });
export type EmailStep = z.infer<typeof emailSchema>;
