import { distance } from 'fastest-levenshtein';

/** The candidate that was most likely meant, if any comes close. */
export const nearest = (name: string, candidates: Iterable<string>): string | undefined => {
  if (name.length > 100) return undefined;
  let best: string | undefined;
  let least = furthest(name) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > furthest(name) + 2) continue;
    const far = separation(name, candidate);
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
};

/** One mistake in short names, about one in three letters of longer ones. */
const furthest = (name: string): number => Math.max(1, Math.floor(name.length / 3) + 1);

/** Writing is forgiven first: `wait-for`, `WaitFor` and `wait_for` are all nearly `waitFor`. */
const separation = (a: string, b: string): number => {
  if (plain(a) === plain(b)) return 0.5;
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return isSwapped(one, other) ? 1 : distance(one, other);
};
const plain = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');

/**
 * One slip of the hand away, and hardly a name of its own: other case or separators, two letters
 * swapped, or one letter wrong in a name of six or more. `state` is no slip of `stage`, nor `phone2` of `phone`.
 */
export const isSlip = (name: string, known: string): boolean => {
  if (name === known || name.length > 100) return false;
  if (plain(name) === plain(known)) return true;
  const [a, b] = [name.toLowerCase(), known.toLowerCase()];
  return isSwapped(a, b) || (a.length > 5 && !/\d/.test(a) && distance(a, b) === 1);
};

const isSwapped = (a: string, b: string): boolean => {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && a.slice(0, at) + (a[at + 1] ?? '') + a[at] + a.slice(at + 2) === b;
};
