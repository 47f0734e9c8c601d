import * as z from 'zod';
import { mailAddress } from '#model/document-text';

export const recipientsSchema = z.strictObject({
  to: z.array(mailAddress).max(100).describe('All of them, in place of those before'),
});

export const reportMailSchema = z.object({
  to: z.array(z.string()).describe('Added by the API'),
  fromClient: z.array(z.string()).describe('Named by client.json'),
  day: z.string(),
  at: z.string().describe('By the clock of the client'),
  timezone: z.string(),
});

export const rebuildSchema = z.object({
  state: z.enum(['idle', 'counting', 'finishing']),
  reading: z.number().describe('Number of the counting that is shown'),
  making: z.number().optional().describe('Number of the one under way'),
  because: z.enum(['asked', 'settings']).optional(),
  startedAt: z.string().optional(),
  looked: z.number().optional().describe('Items looked at so far'),
  completedAt: z.string().optional(),
});
