import * as z from 'zod';
import { documentId } from '#model/document-text';
import { sendingSchema } from '#model/sending';
import { common, liquid } from '../common.ts';

export const smsSchema = z
  .strictObject({
    ...common('sms'),
    text: liquid(1600).optional().describe('What it says; or use `template`'),
    template: documentId.optional().describe('Id of an SMS template; or use `text`'),
    topic: documentId.optional().describe('What the contact can leave without leaving all SMS'),
    sending: sendingSchema.optional().describe('Narrows the rules of the journey for this message'),
  })
  .refine((step) => (step.text === undefined) !== (step.template === undefined), {
    error: 'exactly-one:text,template',
  })
  .meta({
    id: 'step-sms',
    title: 'Send an SMS',
    oneOf: [{ required: ['text'] }, { required: ['template'] }],
  });
export type SmsStep = z.infer<typeof smsSchema>;
