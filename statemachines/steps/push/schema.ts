import { z } from 'zod';
import { documentId, webAddress } from '../../../shared/model/document-text.ts';
import { sendingSchema } from '../../../shared/model/sending.ts';
import { common, liquid, liquidLine } from '../common.ts';

export const pushSchema = z
  .strictObject({
    ...common('push'),
    title: liquidLine(300).describe('The line in bold; Liquid'),
    body: liquid(2_000).describe('What it says; Liquid'),
    link: webAddress.optional().describe('Opened by a touch, which counts as a click'),
    topic: documentId.optional().describe('What the contact can leave without leaving all pushes'),
    sending: sendingSchema.optional().describe('Narrows the rules of the journey for this message'),
  })
  .meta({ id: 'step-push', title: 'Send a push message' });
export type PushStep = z.infer<typeof pushSchema>;
