import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { derivedId } from '#kernel/ids';
import { byStrength } from '#policy/contacts/identity';
import { eventsWithin, type StoredEvent } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import type { Store } from '#store/store';
import { identitiesIn, type Submission } from './submission.ts';

const windowMs = 10 * 60_000;

export interface PostId {
  id: string;
  /** Stands in the id: the same content has the same. */
  content: string;
  key?: string;
}

export const eventId = (content: string, now: number): string =>
  `form-${content}-${Math.floor(now / windowMs)}`;

const keyOf = (request: HttpRequest): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Refusal(
      400,
      'invalid-idempotency-key',
      'Idempotency-Key may hold 1 to 200 visible ASCII characters.',
    );
  return key;
};

/**
 * The id under which a post is stored. Without a key of the sender it is made of content and time,
 * so that two clicks at once are one event; `findRepeat` covers the border of two times.
 */
export const postId = (request: HttpRequest, formId: string, submission: Submission, now: number): PostId => {
  const content = derivedId('form', formId, JSON.stringify([submission.fields, submission.consent]));
  const key = keyOf(request);
  return key === undefined
    ? { id: eventId(content, now), content }
    : { id: `form-${derivedId('key', formId, key)}-key`, content, key };
};

/** What the contact may not have of it was taken out when it was stored. */
const kept = ({ conflicts = [], refusedAddresses = [] }: StoredEvent, fields: Submission['fields']) => {
  const out: string[] = [...conflicts.map(({ kind }) => kind), ...refusedAddresses];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !out.includes(name)));
};

const sameContent = (event: StoredEvent, { fields, consent }: Submission): boolean =>
  isDeepStrictEqual(event.traits, kept(event, fields)) &&
  isDeepStrictEqual(
    (event.consent ?? []).map(({ until: _, ...word }) => word),
    consent,
  );

/** One key stands for one post. */
export const requireSameContent = (event: StoredEvent | undefined, submission: Submission): void => {
  if (event && !sameContent(event, submission))
    throw new Refusal(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was used for a post with other content.',
    );
};

/** @returns the id of the event that this post repeats */
export const findRepeat = async (
  store: Store,
  formId: string,
  submission: Submission,
  post: PostId,
): Promise<string | undefined> => {
  const [strongest] = byStrength(identitiesIn(submission.fields));
  const contact = strongest && (await findContactId(store, strongest));
  if (contact === undefined) return undefined;
  const now = store.clock.now();
  const since = iso(now - windowMs);
  const posts = await eventsWithin(store, contact, { since, type: 'form', name: formId });
  const repeated = posts.find(({ id }) =>
    post.key === undefined ? id.startsWith(`form-${post.content}-`) : id === post.id,
  );
  if (post.key !== undefined) requireSameContent(repeated, submission);
  return repeated?.id;
};
