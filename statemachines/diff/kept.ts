/**
 * The entries of two lists that are in both and in the same order: a longest common subsequence.
 * Lists of a journey are short; very long ones keep what they have at the same places.
 */
export const kept = (before: readonly string[], after: readonly string[]): Set<string> => {
  if (before.length * after.length > mostCells) return new Set(before.filter((id, i) => after[i] === id));
  const lengths = table(before, after);
  const same = new Set<string>();
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length)
    if (before[i] === after[j]) {
      same.add(before[i]!);
      i++;
      j++;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  return same;
};

const mostCells = 4_000_000;

const table = (before: readonly string[], after: readonly string[]): Uint16Array[] => {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i]![j] =
        before[i] === after[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  return lengths;
};
