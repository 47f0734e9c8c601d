import * as z from 'zod';

/** From the least to the most: each may do what those before it may. */
export const roles = ['viewer', 'author', 'publisher', 'admin'] as const;

export type Role = (typeof roles)[number];

export const roleSchema = z
  .enum(roles)
  .meta({ id: 'role' })
  .describe(
    '`viewer` looks at journeys, documents and figures, and at no person; `author` also writes drafts and templates and looks at contacts; `publisher` also makes things happen: publish, pause, enroll, import, export, erase; `admin` also keeps tokens, keys and secrets, and reads the audit',
  );

export const mayAct = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
