import { type Client, clientSchema } from '#model/client';

/** `client.json`. Throws with all that is wrong, one line each: the file, the member, the sentence. */
export const readClientSettings = (source: unknown): Client => {
  const parsed = clientSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    ({ path, message }) => `client.json${path.length > 0 ? ` ${path.join('.')}` : ''}: ${message}`,
  );
  throw new Error(lines.join('\n'));
};
