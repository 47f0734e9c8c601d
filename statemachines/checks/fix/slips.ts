import { distance } from 'fastest-levenshtein';
import { isSlip } from '#kernel/nearest';

/**
 * The word of the language that was surely meant: one or two letters off, and no other word comes as near.
 * Words of the language are few and far apart, so that this is no guess.
 */
export const wordMeant = (word: string, allowed: readonly string[]): string | undefined => {
  if (word.length < 3 || word.length > 40) return undefined;
  const ranked = allowed
    .map((candidate) => ({ candidate, far: farness(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  const [best, second] = ranked;
  const furthest = word.length >= 7 ? 2 : 1;
  return best && best.far <= furthest && best.far < (second?.far ?? Number.POSITIVE_INFINITY)
    ? best.candidate
    : undefined;
};

const plain = (word: string): string => word.toLowerCase().replace(/[\s_.-]/g, '');

/** Writing is forgiven first; two letters swapped are one slip of the hand. */
const farness = (word: string, candidate: string): number => {
  if (plain(word) === plain(candidate)) return 0.5;
  return isSlip(word, candidate) ? 1 : distance(word.toLowerCase(), candidate.toLowerCase());
};

/**
 * The name that was surely meant, among names that people gave: much alike names may both be right, so
 * only a single slip counts, and only if it leads to one name alone.
 */
export const nameMeant = (name: string, known: Iterable<string>): string | undefined => {
  const [meant, ...others] = [...known].filter((candidate) => isSlip(name, candidate));
  return others.length === 0 ? meant : undefined;
};
