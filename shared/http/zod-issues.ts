import type { z } from 'zod';
import type { Issue } from '#kernel/issue';

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Zod's findings as ours; its codes are kebab-cased. */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map((issue) => ({
    code: issue.code.replaceAll('_', '-'),
    severity: 'error',
    path: pointer(issue.path),
    message: isMissing(issue) ? 'is missing' : issue.message,
  }));

/** Zod calls it an invalid input of the type "undefined", which JSON does not have. */
const isMissing = ({ code, message }: z.core.$ZodIssue): boolean =>
  code === 'invalid_type' && message.endsWith('received undefined');
