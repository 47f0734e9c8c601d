import * as z from 'zod';
import { shownMembers } from './shown.ts';

/** What `GET /v1/messages/{id}` answers. */
export const sentMessageSchema = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms', 'push', 'team']),
  status: z.enum(['claimed', 'sent', 'skipped', 'failed', 'indeterminate']),
  reason: z.string().optional().describe('Why it was skipped or failed'),
  at: z.string(),
  journey: z.string(),
  version: z.int(),
  step: z.string(),
  contact: z.string(),
  template: z.string().optional(),
  changed: z.boolean().describe('The contact was written to since: its fields may have read otherwise then'),
  language: z.string().optional(),
  ...shownMembers,
});
export type SentMessage = z.output<typeof sentMessageSchema>;
