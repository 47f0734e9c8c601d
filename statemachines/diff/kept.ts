import { align } from '#kernel/align';

/**
 * The entries of two lists that are in both and in the same order. Lists of a journey are short; very long ones
 * keep what they have at the same places.
 */
export const kept = (before: readonly string[], after: readonly string[]): Set<string> => {
  if (before.length * after.length > mostCells) return new Set(before.filter((id, i) => after[i] === id));
  const pairs = align(before, after, (one, other) => (one === other ? 1 : 0));
  return new Set(pairs.flatMap(({ left, right }) => (right === undefined ? [] : (left ?? []))));
};

const mostCells = 4_000_000;
