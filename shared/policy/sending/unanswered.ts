import type { Contact } from '#model/contact';
import { isOwnYes } from '../contacts/own-yes.ts';

/** That somebody posted a form in which the address stands: anybody may have been that. */
export interface Post {
  id: string;
  /** ISO */
  at: string;
}

/** What is remembered of the post that brought an address its last mail, while nothing says that it was wanted. */
export interface Unanswered {
  post: string;
  /** The first message of it, for each run. */
  send: string;
  /** So many posts brought one since somebody answered. */
  times: number;
  /** ISO: from then on another post may, unless one comes before. */
  nextAt: string;
}

/** Is it known, otherwise than by what anybody can post, that messages to this contact are wanted? */
export const isWanted = ({ consent }: Contact, channel: string): boolean => isOwnYes(consent[channel]);

/** After the second message that nobody answered the silence must be four times as long. */
const timesLonger = 4;

/** When nobody has posted an address for so long, it is left alone no more. */
export const quietUntil = (at: string, times: number, quietMs: number): string =>
  new Date(Date.parse(at) + (times > 1 ? timesLonger : 1) * quietMs).toISOString();

/**
 * May a post bring an address a message that got one by another post? Each that may not begins the silence
 * anew: who posts day after day brings one message in all.
 * @returns how many it got without an answer then; undefined when it may not
 */
export const timesAfter = (before: Unanswered, { at }: Post, isAnswered: boolean): number | undefined => {
  if (isAnswered) return 1;
  return before.nextAt <= at ? before.times + 1 : undefined;
};
