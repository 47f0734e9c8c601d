import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { empty, type HttpAnswer } from '#http/answer';
import { etag } from '#http/etag';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { snippet } from './snippet.generated.ts';

const packed = gzipSync(snippet, { level: 9 });
const tag = etag(createHash('sha256').update(snippet).digest('base64url').slice(0, 22));

/** An hour old at most, and never waited for. `*`: it is the same for everybody, and holds no secret. */
const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'accept-encoding',
  etag: tag,
};

const isKnown = (request: HttpRequest): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(',')
    .some((known) => known.trim().replace(/^W\//, '') === tag);

const takesGzip = (request: HttpRequest): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))/.test(request.headers['accept-encoding'] ?? '');

/** API Gateway packs nothing by itself. */
const serve = (request: HttpRequest): HttpAnswer => {
  if (isKnown(request)) return empty(304, headers);
  return takesGzip(request)
    ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: packed }
    : { status: 200, headers, body: snippet };
};

export const createHandler = (context: FunctionContext): LambdaHandler => httpHandler(context, {}, serve);
