import { type LinkFacts, type LinkPurpose, verifyLink } from '#channels/links';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Store } from '#store/store';

export const invalidLink = (): Refusal =>
  new Refusal(
    404,
    'invalid-link',
    'This link is not complete or no longer valid. Please copy it whole from the message.',
  );

/** Every way of being wrong gets the same answer: a guesser learns nothing. */
export const readLink = async (
  store: Store,
  purpose: LinkPurpose,
  request: HttpRequest,
): Promise<LinkFacts> => {
  const { links } = await store.keys();
  const verified = verifyLink(links, purpose, request.parameters.token ?? '');
  if ('facts' in verified) return verified.facts;
  throw invalidLink();
};
