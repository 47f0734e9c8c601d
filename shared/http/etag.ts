import { Refusal } from '#kernel/errors';
import type { HttpRequest } from './request.ts';

/** A strong entity tag (RFC 9110) of a revision or hash. */
export const etag = (revision: string | number): string => `"${revision}"`;

const tags = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/**
 * `If-Match` guards against lost edits; without the header there is nothing to guard.
 * @param current the tag as it is now; undefined where nothing exists yet
 */
export const requireMatch = (request: HttpRequest, current: string | undefined): void => {
  const wanted = request.headers['if-match'];
  if (wanted === undefined) return;
  if (current !== undefined && tags(wanted).some((tag) => tag === '*' || tag === current)) return;
  throw new Refusal(
    412,
    'changed-meanwhile',
    current === undefined
      ? 'There is nothing here yet. Leave out If-Match to create it.'
      : `Somebody changed this since you read it. Read it again; its ETag is now ${current}.`,
    current === undefined ? {} : { headers: { etag: current } },
  );
};
