import { Refusal } from '#kernel/errors';
import { empty, type HttpAnswer } from './answer.ts';
import type { HttpRequest } from './request.ts';

const isLoopback = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);

/** Where our own address is this machine's, in the embedded world, pages of this machine may post: nobody else has them. */
const isWelcome = (origin: string, origins: readonly string[]): boolean =>
  origins.some((listed) => listed === origin || listed === `${origin}/`) ||
  (isLoopback(origin) && origins.some(isLoopback));

/**
 * Origins are compared as they stand, never by pattern; one that was listed as the address of its
 * first page, with a slash, is the same. A request without `Origin` does not come
 * from a page; whether that is welcome is the caller's rule.
 */
export const allowOrigin = (request: HttpRequest, origins: readonly string[]): void => {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  request.answerHeaders.vary = 'origin';
  if (!isWelcome(origin, origins))
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
