import * as z from 'zod';

/** What `GET /v1/imports/{id}` and the import itself answer. */
export const importSchema = z.object({
  id: z.string(),
  status: z
    .enum(['open', 'running', 'completed', 'abandoned', 'failed'])
    .describe(
      '`open`: parts are missing; `abandoned`: they did not come within a day; `failed`: see `reason`',
    ),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  reason: z.string().optional().describe('Of one that failed'),
  parts: z.object({ expected: z.int(), received: z.int(), missing: z.array(z.int()) }),
  rows: z.int().describe('Received so far'),
  done: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  codes: z.record(z.string(), z.int()).describe('Rows by code'),
  columns: z.array(z.object({ heading: z.string(), becomes: z.string() })).optional(),
  newFields: z
    .array(z.object({ field: z.string(), heading: z.string(), meant: z.string().optional() }))
    .optional()
    .describe('Fields that the catalogue does not name'),
  issues: z
    .array(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        path: z.string(),
        message: z.string(),
        hint: z.string().optional(),
      }),
    )
    .optional()
    .describe('Warnings about the file as a whole'),
  encoding: z.string().optional(),
  separator: z.string().optional(),
  result: z.string().describe('Where the result of each row is'),
});
export type ImportAnswer = z.output<typeof importSchema>;
