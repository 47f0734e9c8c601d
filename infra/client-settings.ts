import { existsSync, readFileSync } from 'node:fs';
import { issuesOf } from '#http/zod-issues';
import { type Client, clientSchema } from '#model/client';
import { formatIssues } from '#statemachines/checks/format';
import { fileOf, WrongClient } from './client-folder.ts';
import { checkClientText } from './client-issues.ts';

/**
 * `client.json`. Throws `WrongClient` with all that is wrong: line, column, caret and what to write instead
 * where the file can be read, else the member and the sentence.
 * @param file as it is to be printed
 */
export const readClientSettings = (source: unknown, file?: string): Client => {
  const parsed = clientSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const shown = file ?? fileOf(source) ?? 'client.json';
  throw new WrongClient(withLines(fileOf(source) ?? file, shown) ?? plainly(parsed.error, shown));
};

const withLines = (file: string | undefined, shown: string): string | undefined => {
  if (file === undefined || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const { issues } = checkClientText(text);
  // Somebody may have mended it since it was read.
  return issues.length > 0 ? formatIssues(issues, { file: shown, text }) : undefined;
};

type Refused = Parameters<typeof issuesOf>[0];
const plainly = (error: Refused, file: string): string =>
  issuesOf(error, clientSchema)
    .map(({ path, message }) => `${file}${path && ` ${path.slice(1).replaceAll('/', '.')}`}: ${message}`)
    .join('\n');
