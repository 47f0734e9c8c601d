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

/** The reader did nothing wrong: programs are asked to come again, people too. */
export const awayIsLater = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(503, 'try-later', 'Something of ours does not answer just now. Please try again.', {
      headers: { 'retry-after': '30' },
      cause,
    });
  });

/** Every way of being wrong gets the same answer: a guesser learns nothing. */
export const readLink = async (
  store: Store,
  purpose: LinkPurpose,
  request: HttpRequest,
): Promise<LinkFacts> => {
  const { links } = await awayIsLater(store.keys());
  const verified = verifyLink(links, purpose, request.parameters.token ?? '');
  if ('facts' in verified) return verified.facts;
  throw invalidLink();
};
