import * as z from 'zod';
import { roleSchema } from '#model/role';

export const actSchema = z.object({
  id: z.string(),
  at: z.string().describe('When it began'),
  actor: z.object({
    id: z.string().describe('Of the token, or `deployment`'),
    name: z.string().describe('As it was then'),
    role: roleSchema.optional(),
  }),
  what: z.string().describe('The route, or what a deployment did'),
  subject: z.string().describe('Such as `journeys/hello`; the kind alone where nothing of it was named'),
  status: z
    .int()
    .optional()
    .describe('HTTP status of the answer; missing while it is under way, or where a crash came between'),
  request: z.string().optional().describe('Id of the request, as in the logs'),
});

export const auditSchema = z.object({
  entries: z.array(actSchema).describe('Newest first'),
  next: z.string().nullable().describe('`cursor` of the next page'),
});
