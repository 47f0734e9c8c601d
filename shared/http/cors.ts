import { Refusal } from '#kernel/errors';
import { empty, type HttpAnswer } from './answer.ts';
import type { HttpRequest } from './request.ts';

/**
 * Origins are compared as they stand, never by pattern. A request without `Origin` does not come
 * from a page; whether that is welcome is the caller's rule.
 */
export const allowOrigin = (request: HttpRequest, origins: readonly string[]): void => {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  request.answerHeaders.vary = 'origin';
  if (!origins.includes(origin))
    throw new Refusal(403, 'foreign-origin', 'Pages of this origin may not post here. Add it to "origins".');
  request.answerHeaders['access-control-allow-origin'] = origin;
};

/** Answer to `OPTIONS`, after `allowOrigin`. */
export const preflight = (methods: string): HttpAnswer =>
  empty(204, {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': 'authorization, content-type, idempotency-key',
    'access-control-max-age': '600',
  });
