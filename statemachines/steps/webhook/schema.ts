import * as z from 'zod';
import { line, webAddress } from '#model/document-text';
import { common, jsonValue } from '../common.ts';

const headerName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9-]{0,63}$/,
    'use letters, digits and hyphens, a letter first, as in "X-Api-Key"',
  );

export const webhookSchema = z
  .strictObject({
    ...common('webhook'),
    url: webAddress.describe('Begins with https:// and leads to a server of the public internet'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional().describe('`POST` when left out'),
    headers: z.record(headerName, line(2000)).optional().describe('Sent as they stand, such as a key'),
    body: jsonValue.optional().describe('Sent as JSON; each text in it may hold Liquid'),
    saveAs: z
      .string()
      .regex(
        /^[a-z][A-Za-z0-9_]{0,31}$/,
        'use letters, digits and underscores, a small letter first, at most 32',
      )
      .optional()
      .describe('The JSON of the answer is `results.NAME` from then on, in conditions and templates'),
  })
  .meta({ id: 'step-webhook', title: 'Call another server' });
export type WebhookStep = z.infer<typeof webhookSchema>;
