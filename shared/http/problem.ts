import { Refusal } from '#kernel/errors';
import type { HttpAnswer } from './answer.ts';

const sentence = (code: string): string => {
  const words = code.replaceAll('-', ' ').replace(/\bjson\b/, 'JSON');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** RFC 9457. `type` and `title` are the same for each `code`; `detail` is of this occurrence. */
const problem = (
  status: number,
  code: string,
  more: object,
  headers: Record<string, string> = {},
): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: `urn:problem:wayleaf:${code}`, title: sentence(code), status, code, ...more }),
});

/** The text of a refusal is for whoever asked; the text of any other error never leaves. */
export const problemOf = (error: unknown, requestId: string): HttpAnswer =>
  error instanceof Refusal
    ? problem(
        error.status,
        error.code,
        { detail: error.message, ...(error.issues.length > 0 ? { issues: error.issues } : {}) },
        error.headers,
      )
    : problem(500, 'internal', { request: requestId });

/** What may stand in a log of an error nobody expected: its message may quote what was sent. */
export const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? {
        error: error.name,
        at: error.stack
          ?.split('\n')
          .filter((line) => line.startsWith('    at '))
          .slice(0, 6)
          .map((line) => line.trim()),
        ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
      }
    : { error: typeof error };
