/** What changed between two texts, as `diff -u` writes it; empty when nothing did. */
export const unifiedDiff = (file: string, before: string, after: string, context = 3): string => {
  if (before === after) return '';
  const rows = rowsOf(before.split('\n'), after.split('\n'));
  return [`--- ${file}`, `+++ ${file}`, ...hunksOf(rows, context).flatMap(written), ''].join('\n');
};

interface Row {
  sign: ' ' | '-' | '+';
  text: string;
  /** 1-based, in the text before and after. */
  before: number;
  after: number;
}

/** Repairs change lines where they stand: equal ends are cut off, the middle is compared line by line. */
const rowsOf = (before: readonly string[], after: readonly string[]): Row[] => {
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonLines(before, after), [before.length, after.length] as const]) {
    for (; i < nextI; i++) rows.push({ sign: '-', text: before[i]!, before: i + 1, after: j + 1 });
    for (; j < nextJ; j++) rows.push({ sign: '+', text: after[j]!, before: i + 1, after: j + 1 });
    if (i < before.length && j < after.length)
      rows.push({ sign: ' ', text: before[i]!, before: ++i, after: ++j });
  }
  return rows;
};

/** Places of lines that are in both, in order: greedily the nearest, which suits small changes. */
const commonLines = (before: readonly string[], after: readonly string[]): (readonly [number, number])[] => {
  const common: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const step = nearestMatch(before, after, i, j);
    if (!step) break;
    [i, j] = step;
    common.push([i++, j++]);
  }
  return common;
};

const furthest = 200;
const nearestMatch = (
  before: readonly string[],
  after: readonly string[],
  i: number,
  j: number,
): [number, number] | undefined => {
  for (let sum = 0; sum <= furthest; sum++)
    for (let skipped = 0; skipped <= sum; skipped++) {
      const [a, b] = [i + skipped, j + sum - skipped];
      if (a < before.length && b < after.length && before[a] === after[b]) return [a, b];
    }
  return undefined;
};

/** Changed rows with some around them; those that touch are one hunk. */
const hunksOf = (rows: readonly Row[], context: number): Row[][] => {
  const isNear = (at: number): boolean =>
    rows.slice(Math.max(0, at - context), at + context + 1).some(({ sign }) => sign !== ' ');
  const hunks: Row[][] = [[]];
  for (const [at, row] of rows.entries())
    if (isNear(at)) hunks.at(-1)?.push(row);
    else if (hunks.at(-1)?.length !== 0) hunks.push([]);
  return hunks.filter((hunk) => hunk.length > 0);
};

const written = (rows: readonly Row[]): string[] => {
  const [first] = rows;
  const count = (other: Row['sign']): number => rows.filter(({ sign }) => sign !== other).length;
  const head = `@@ -${first?.before},${count('+')} +${first?.after},${count('-')} @@`;
  return [head, ...rows.map(({ sign, text }) => sign + text)];
};
