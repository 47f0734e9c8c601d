import * as z from 'zod';
import { contactSchema } from '#model/contact';

/** What `GET /v1/contacts?limit=` answers. */
export const contactPageSchema = z.object({
  contacts: z.array(contactSchema).describe('Who came last stands first'),
  next: z.string().nullable().describe('The `cursor` of the next page; null after the last'),
});
export type ContactPage = z.output<typeof contactPageSchema>;
