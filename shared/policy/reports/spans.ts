const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Lengths that people wait for, in seconds: a count up to one of them is exact, and each is one that an author would write. */
const edges = [
  ...[1, 5, 15, 30].map((n) => n * minute),
  ...[1, 2, 4, 6, 8, 12, 18].map((n) => n * hour),
  ...[1, 1.5, 2, 3, 4, 5, 6, 7, 10, 14, 21, 30, 45, 60, 90, 180, 365].map((n) => n * day),
] as const;

/** The shortest of them within which it happened; the longest for all beyond. @returns seconds */
export const edgeOf = (ms: number): number => edges.find((edge) => ms <= edge * 1000) ?? edges.at(-1)!;

/** Those up to a length of time. */
export const edgesUpTo = (seconds: number): number[] => edges.filter((edge) => edge <= seconds);
