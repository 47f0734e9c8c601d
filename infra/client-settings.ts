import { issuesOf } from '#http/zod-issues';
import { type Client, clientSchema } from '#model/client';
import { WrongClient } from './client-folder.ts';

/** `client.json`. Throws `WrongClient`, one line for each fault: the file, the member, the sentence. */
export const readClientSettings = (source: unknown, file = 'client.json'): Client => {
  const parsed = clientSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = issuesOf(parsed.error, clientSchema).map(
    ({ path, message }) => `${file}${path && ` ${path.slice(1).replaceAll('/', '.')}`}: ${message}`,
  );
  throw new WrongClient(lines.join('\n'));
};
