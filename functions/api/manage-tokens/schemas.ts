import * as z from 'zod';
import { durationMs, durationPattern } from '#kernel/durations';
import { duration, line } from '#model/document-text';
import { roleSchema } from '#model/role';

const dayMs = 86_400_000;

const between = (least: number, most: number) => (text: string) =>
  !durationPattern.test(text) || (durationMs(text) >= least && durationMs(text) <= most);

const validFor = duration
  .refine(between(60_000, 3650 * dayMs), 'a token is good for 1 minute to 3650 days')
  .describe('How long it is good; without it, until somebody revokes it');

export const newTokenSchema = z.strictObject({
  name: line(100).describe('Whose it is or what uses it, such as "console of Ada"; no two are alike'),
  role: roleSchema,
  validFor: validFor.optional(),
});

export const tokenRotationSchema = z.strictObject({
  oldFor: duration
    .refine(between(0, 90 * dayMs), 'the old secret may work on for at most 90 days')
    .default('1 day')
    .describe('How long the old secret works on beside the new one; "0 seconds" ends it at once'),
  leaked: z.boolean().default(false).describe('Others may have the old secret: it ends at once'),
  validFor: validFor
    .optional()
    .describe('How long the new one is good; without it, as long as the one before was made for'),
});

export const tokenSchema = z.object({
  id: z.string().describe('Stays through rotations; the audit names it'),
  name: z.string(),
  role: roleSchema,
  status: z.enum(['active', 'ended']),
  createdAt: z.string(),
  createdBy: z.string().optional().describe('Name of the token that made it'),
  rotatedAt: z.string().optional().describe('When its present secret was made, where that is not its first'),
  oldUntil: z.string().optional().describe('The secret before works on until then'),
  validUntil: z.string().optional(),
  lastUsed: z.string().optional().describe('To the hour'),
});

export const tokensSchema = z.object({ tokens: z.array(tokenSchema) });

export const madeTokenSchema = tokenSchema.extend({
  token: z.string().describe('For `Authorization: Bearer`. It is shown this once and kept nowhere'),
});

export const meSchema = z.object({
  id: z.string().describe('Of the token'),
  name: z.string(),
  role: roleSchema,
  client: z.string(),
  validUntil: z.string().optional(),
});
