/** Two things that stand for each other, or one that has no other. */
export interface Pair<L, R> {
  left?: L;
  right?: R;
}

/** Pairs two lists in order so that what fits stands together: the longest common subsequence, by weight. */
export const align = <L, R>(
  left: readonly L[],
  right: readonly R[],
  fits: (left: L, right: R) => number,
): Pair<L, R>[] => {
  const best = weights(left, right, fits);
  const pairs: Pair<L, R>[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const weight = fits(left[i]!, right[j]!);
    if (weight > 0 && best[i]![j] === weight + best[i + 1]![j + 1]!)
      pairs.push({ left: left[i++]!, right: right[j++]! });
    else if (best[i]![j] === best[i + 1]![j]) pairs.push({ left: left[i++]! });
    else pairs.push({ right: right[j++]! });
  }
  return [
    ...pairs,
    ...left.slice(i).map((each) => ({ left: each })),
    ...right.slice(j).map((each) => ({ right: each })),
  ];
};

/** `best[i][j]`: the most that can be paired of what stands behind i and j. */
const weights = <L, R>(
  left: readonly L[],
  right: readonly R[],
  fits: (left: L, right: R) => number,
): number[][] => {
  const best = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--) {
      const weight = fits(left[i]!, right[j]!);
      const together = weight > 0 ? weight + best[i + 1]![j + 1]! : 0;
      best[i]![j] = Math.max(together, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  return best;
};
