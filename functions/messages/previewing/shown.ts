import * as z from 'zod';

/** What is shown of a message that was made, or would be: an e-mail's parts, or a text. */
export const shownMembers = {
  from: z.string().optional(),
  to: z.string().optional(),
  subject: z.string().optional(),
  preheader: z.string().optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  bytes: z.int().optional().describe('Of the HTML as it is sent'),
  segments: z.int().optional().describe('Paid parts of a text message'),
};
