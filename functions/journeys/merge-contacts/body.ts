import * as z from 'zod';

/** Body of `POST /v1/contacts/{id}/merge`. */
export const mergeSchema = z.strictObject({
  contact: z.string().min(1).max(64).describe('The id of the contact that ends; its history stays'),
});
