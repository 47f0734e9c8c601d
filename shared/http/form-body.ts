import { Refusal } from '#kernel/errors';
import { bodyBytes, contentType, jsonBody, textBody } from './body.ts';
import type { HttpRequest } from './request.ts';

/** What a form posted: each name with all its values, in order. JSON keeps its types. */
export type FormValues = ReadonlyMap<string, readonly unknown[]>;

const maxBytes = 64 * 1024;
const maxFields = 500;

const gather = (entries: Iterable<readonly [string, unknown]>): FormValues => {
  const values = new Map<string, unknown[]>();
  let count = 0;
  for (const [name, value] of entries) {
    if (++count > maxFields)
      throw new Refusal(413, 'too-many-fields', `A form may post at most ${maxFields} fields.`);
    const list = values.get(name);
    if (list) list.push(value);
    else values.set(name, [value]);
  }
  return values;
};

const fromJson = (request: HttpRequest): FormValues => {
  const value = jsonBody(request, maxBytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(422, 'invalid-body', 'Send a JSON object with the fields of the form.');
  return gather(Object.entries(value));
};

/** `URLSearchParams` puts U+FFFD where bytes are not UTF-8; that is a wrong charset, not a name. */
const fromUrlencoded = (request: HttpRequest): FormValues => {
  const values = gather(new URLSearchParams(textBody(request, maxBytes)));
  for (const [name, list] of values)
    if (`${name}${list.join('')}`.includes('\uFFFD'))
      throw new Refusal(400, 'not-utf8', 'Send the form in UTF-8.');
  return values;
};

/** Node's own parser (undici), over bytes that are already bounded. Files are not taken. */
const fromMultipart = async (request: HttpRequest): Promise<FormValues> => {
  const body = bodyBytes(request, maxBytes) as Uint8Array<ArrayBuffer>;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  let form: FormData;
  try {
    form = await new Response(body, { headers }).formData();
  } catch (cause) {
    throw new Refusal(400, 'malformed-multipart', 'The body is not multipart/form-data as its header says.', {
      cause,
    });
  }
  return gather(
    [...form].map(([name, value]) => [name, typeof value === 'string' ? value : 'file'] as const),
  );
};

/** A plain form post of a browser, or of something that behaves like one. */
export const isFormPost = (request: HttpRequest): boolean =>
  ['application/x-www-form-urlencoded', 'multipart/form-data'].includes(contentType(request).media);

/** JSON (also as text/plain, which needs no preflight), urlencoded or multipart. */
export const formBody = async (request: HttpRequest): Promise<FormValues> => {
  if (request.body.length === 0) throw new Refusal(400, 'no-body', 'Send the fields of the form.');
  switch (contentType(request).media) {
    case 'application/json':
    case 'text/plain':
      return fromJson(request);
    case 'application/x-www-form-urlencoded':
      return fromUrlencoded(request);
    case 'multipart/form-data':
      return fromMultipart(request);
    default:
      throw new Refusal(415, 'unsupported-media-type', 'Send JSON, urlencoded or multipart form data.');
  }
};
