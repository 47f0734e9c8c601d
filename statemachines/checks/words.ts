import { nearest } from '#kernel/nearest';

/** "did you mean …?" when one name comes close, else another advice. */
export const didYouMean = (name: string, known: Iterable<string>, otherwise?: string): string | undefined => {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `did you mean "${meant}"?`;
};

/** Some names of a list that may be long. */
export const some = (names: readonly string[], count = 8): string =>
  names.length <= count ? names.join(', ') : `${names.slice(0, count).join(', ')}, …`;
