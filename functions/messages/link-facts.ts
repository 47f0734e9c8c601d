import { type LinkFacts, type LinkPurpose, verifyLink } from '#channels/links';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { LinkRing } from '#store/link-ring';

export const invalidLink = (): Refusal =>
  new Refusal(
    404,
    'invalid-link',
    'This link is not complete or no longer valid. Please copy it whole from the message.',
  );

const later = (cause?: unknown): Refusal =>
  new Refusal(503, 'try-later', 'Something of ours does not answer just now. Please try again.', {
    headers: { 'retry-after': '30' },
    cause,
  });

/** The reader did nothing wrong: programs are asked to come again, people too. */
export const awayIsLater = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    if (cause instanceof Refusal) throw cause;
    throw later(cause);
  });

/** A key may be younger than what this function knows; a flood of such links reads the keys once a minute. */
const soonMs = 60_000;

/** Every way of being wrong gets the same answer: a guesser learns nothing. */
export const readLink = async (
  { keys }: { keys: LinkRing },
  purpose: LinkPurpose,
  request: HttpRequest,
): Promise<LinkFacts> => {
  const token = request.parameters.token ?? '';
  const verify = async (maxAgeMs?: number) => {
    const { links, copied } = await awayIsLater(keys(maxAgeMs));
    return { ...verifyLink(links, purpose, token), copied };
  };
  const first = await verify();
  const isUnknown = 'refused' in first && first.refused === 'unknown-key';
  const verified = isUnknown ? await verify(soonMs) : first;
  if ('facts' in verified) return verified.facts;
  // Only the store could tell whether there is such a key.
  const isNewer = isUnknown && verified.copied?.has(token.split('.', 1)[0] ?? '') === false;
  throw isNewer ? later() : invalidLink();
};
