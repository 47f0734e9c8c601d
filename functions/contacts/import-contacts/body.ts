import { bodyBytes, contentType, largestBytes } from '#http/body';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';

const mostUnpacked = 8 * 1024 * 1024;

const plain = new Set([
  'text/csv',
  'application/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/vnd.ms-excel',
  'application/octet-stream',
]);

const inParts =
  'Send at most 4 MB in one request. `wayleaf contacts import FILE.csv` sends larger files in parts.';

const checkSize = (request: HttpRequest): void => {
  if (request.body.length > largestBytes) throw new Refusal(413, 'body-too-large', inParts);
};

/** The file of a browser's upload, or of `curl -F file=@people.csv`. */
const fileIn = async (request: HttpRequest): Promise<Uint8Array> => {
  const body = bodyBytes(request, mostUnpacked) as Uint8Array<ArrayBuffer>;
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  try {
    const form = await new Response(body, { headers }).formData();
    const file = [...form.values()].find((value) => typeof value !== 'string');
    if (file) return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new Refusal(400, 'malformed-multipart', 'The body is not multipart/form-data as its header says.', {
      cause,
    });
  }
  throw new Refusal(422, 'no-file', 'The form holds no file. Send one: curl -F file=@people.csv.');
};

/** The bytes of the file, unpacked, and the charset that the request names. */
export const csvBody = async (request: HttpRequest): Promise<{ bytes: Uint8Array; charset?: string }> => {
  const { media, charset } = contentType(request);
  if (request.body.length === 0) throw new Refusal(400, 'no-body', 'Send the CSV as the body.');
  checkSize(request);
  if (media === 'multipart/form-data') return { bytes: await fileIn(request) };
  if (!plain.has(media))
    throw new Refusal(
      415,
      'unsupported-media-type',
      'Send the CSV with "Content-Type: text/csv", or as a file of a form.',
    );
  return { bytes: bodyBytes(request, mostUnpacked), ...(charset === undefined ? {} : { charset }) };
};
