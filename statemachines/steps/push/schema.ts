import * as z from 'zod';
import { documentId, webAddress } from '#model/document-text';
import { sendingSchema } from '#model/sending';
import { common, liquid, liquidLine } from '../common.ts';

/** Nothing of the contact chooses where a touch leads: an address as it stands, or one of `client.json`. */
const link = z
  .string()
  .max(2048)
  .refine(
    (text) => /^\{\{ ?links\.[A-Za-z][A-Za-z0-9]* ?\}\}$/.test(text) || webAddress.safeParse(text).success,
    'use an address that begins with https://, or a page of the client such as "{{ links.shop }}"',
  );

export const pushSchema = z
  .strictObject({
    ...common('push'),
    title: liquidLine(300).describe('The line in bold; Liquid'),
    body: liquid(2_000).describe('What it says; Liquid'),
    link: link
      .optional()
      .describe(
        'Opened by a touch, which counts as a click: an address, or a page of the client such as `{{ links.shop }}`',
      ),
    topic: documentId.optional().describe('What the contact can leave without leaving all pushes'),
    sending: sendingSchema.optional().describe('Narrows the rules of the journey for this message'),
  })
  .meta({ id: 'step-push', title: 'Send a push message' });
export type PushStep = z.infer<typeof pushSchema>;
