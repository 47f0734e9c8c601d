import { gunzipSync } from 'node:zlib';
import type * as z from 'zod';
import { Refusal } from '#kernel/errors';
import { parseJson } from '#kernel/json';
import type { HttpRequest } from './request.ts';
import { issuesOf } from './zod-issues.ts';

const kilobyte = 1024;
const usualBytes = 256 * kilobyte;
/**
 * The most that any route takes. Lambda takes 6 MB of event, which has the body as Base64 (a third more) or as
 * escaped text; API Gateway answers 413 to what is larger, in words of its own.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const largestBytes = 4 * 1024 * kilobyte;

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal(413, 'body-too-large', `The body may be at most ${maxBytes / kilobyte} KB.`);

const unpack = (body: Uint8Array, maxBytes: number): Uint8Array => {
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new Refusal(400, 'malformed-gzip', 'The body is not gzip, though Content-Encoding says so.', {
      cause,
    });
  }
};

/** The body's bytes, unpacked, within the route's limit. */
export const bodyBytes = (request: HttpRequest, maxBytes = usualBytes): Uint8Array => {
  if (request.body.length > maxBytes) throw tooLarge(maxBytes);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return request.body;
  if (encoding === 'gzip') return unpack(request.body, maxBytes);
  throw new Refusal(415, 'unsupported-encoding', 'Content-Encoding may be gzip, or left out.');
};

/** `type/subtype` in lower case, and the parameters as they stand. */
export const contentType = (request: HttpRequest): { media: string; charset?: string } => {
  const [media = '', ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const charset = parameters
    .map((p) => /^\s*charset="?([^"\s]+)"?\s*$/i.exec(p)?.[1])
    .find((c) => c !== undefined);
  return { media: media.trim().toLowerCase(), ...(charset ? { charset: charset.toLowerCase() } : {}) };
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text in UTF-8 and nothing else: a wrong charset is refused, never guessed. */
export const textBody = (request: HttpRequest, maxBytes = usualBytes): string => {
  const { charset = 'utf-8' } = contentType(request);
  if (charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii')
    throw new Refusal(415, 'unsupported-charset', 'Send the body in UTF-8.');
  try {
    return utf8.decode(bodyBytes(request, maxBytes));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(400, 'not-utf8', 'The body is not valid UTF-8.', { cause });
  }
};

/** The text of a JSON body, which holds something. */
export const filledText = (request: HttpRequest, maxBytes = usualBytes): string => {
  const text = textBody(request, maxBytes);
  if (text.trim() === '') throw new Refusal(400, 'no-body', 'Send a JSON body.');
  return text;
};

/** Any JSON value, strictly read (`#kernel/json`). */
export const jsonBody = (request: HttpRequest, maxBytes = usualBytes): unknown => {
  const text = filledText(request, maxBytes);
  const { value, problem } = parseJson(text, { maxBytes });
  if (problem) throw new Refusal(400, problem.code, problem.message);
  return value;
};

/** JSON of one shape; all its issues at once, as 422. */
export const jsonBodyOf = <Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
  maxBytes = usualBytes,
): z.output<Schema> => {
  const parsed = schema.safeParse(jsonBody(request, maxBytes));
  if (parsed.success) return parsed.data;
  throw new Refusal(422, 'invalid-body', 'The body has the wrong shape; see issues.', {
    issues: issuesOf(parsed.error, schema),
  });
};
