import type { DayCounts } from '#store/runs/counters';

export type Sums = ReadonlyMap<string, number>;

export const addUp = (all: Iterable<Sums>): Sums => {
  const sums = new Map<string, number>();
  for (const counts of all) for (const [name, n] of counts) sums.set(name, (sums.get(name) ?? 0) + n);
  return sums;
};

export const sumDays = (days: readonly DayCounts[]): Sums => addUp(days.map(({ counts }) => counts));

/** Sums of money are added in cents of cents, so that they show no dust. */
export const tidy = (n: number): number => Math.round(n * 10_000) / 10_000;

/** By what follows a prefix; zeros are left out. */
export const after = (sums: Sums, prefix: string): Map<string, number> =>
  new Map(
    [...sums].flatMap(([name, n]) =>
      name.startsWith(prefix) && n !== 0 ? [[name.slice(prefix.length), n] as const] : [],
    ),
  );

/** Counts by bucket of a sketch. */
export const sketchOf = (sums: Sums, prefix: string): Map<number, number> =>
  new Map([...after(sums, prefix)].map(([bucket, n]) => [Number(bucket), n]));
