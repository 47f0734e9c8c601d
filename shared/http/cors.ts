import { Refusal } from '#kernel/errors';
import { empty, type HttpAnswer } from './answer.ts';
import type { HttpRequest } from './request.ts';

const isLoopback = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);

/**
 * Where our own address is this machine's, as in the embedded world only, pages of this machine may post, so
 * that a site can be tried out; nobody else has them. What is listed opens no other door: on AWS a loopback
 * origin in a form lets in that origin and no other.
 */
const isWelcome = (origin: string, listed: readonly string[], own: string): boolean =>
  origin === own ||
  listed.some((each) => each === origin || each === `${origin}/`) ||
  (isLoopback(own) && isLoopback(origin));

/**
 * Origins are compared as they stand, never by pattern; one that was listed as the address of its
 * first page, with a slash, is the same. A request without `Origin` does not come
 * from a page; whether that is welcome is the caller's rule.
 * @param listed of the form or the client
 * @param baseUrl our own address, whose pages are always welcome
 */
export const allowOrigin = (request: HttpRequest, listed: readonly string[], baseUrl: string): void => {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  request.answerHeaders.vary = 'origin';
  if (!isWelcome(origin, listed, new URL(baseUrl).origin))
    throw new Refusal(403, 'foreign-origin', 'Pages of this origin may not post here. Add it to "origins".');
  request.answerHeaders['access-control-allow-origin'] = origin;
  // No cookie is ever read; but `sendBeacon` always asks in the mode that would send them.
  request.answerHeaders['access-control-allow-credentials'] = 'true';
  request.answerHeaders['access-control-expose-headers'] = 'retry-after';
};

/** Answer to `OPTIONS`, after `allowOrigin`. Segment's library counts its tries in `X-Retry-Count`. */
export const preflight = (methods: string): HttpAnswer =>
  empty(204, {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-retry-count',
    'access-control-max-age': '600',
  });
