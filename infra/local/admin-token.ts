import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The token given, else the one kept in the data folder, else a new one that is kept there, readable by its owner only. */
export const adminToken = (data: string | undefined, given: string | undefined): string => {
  if (given) return given;
  const made = randomBytes(24).toString('base64url');
  if (data === undefined) return made;
  const file = join(data, 'admin-token');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
};
