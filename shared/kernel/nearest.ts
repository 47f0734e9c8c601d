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
const separation = (a: string, b: string): number =>
  plain(a) === plain(b) ? 0.5 : distance(a.toLowerCase(), b.toLowerCase());
const plain = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');
