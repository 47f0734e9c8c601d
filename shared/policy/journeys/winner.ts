import { durationMs } from '#kernel/durations';

/** Pure: when the arms of a test are looked at, and what may be said of them then. */

export interface ArmCount {
  /** Index of the arm. */
  branch: number;
  /** Runs that were drawn into it. */
  runs: number;
  /** Those of them that did what the test asks for. */
  successes: number;
}

export interface Decided {
  branch: number;
  /** Of the closest other arm, two-sided. */
  pValue: number;
}

/** Chance of declaring a winner among equals, over all looks and all pairs of arms. */
const error = 0.05;

/**
 * Looks are few and planned, each twice as far as the one before: at N, 2N, 4N, … runs, or after D, 2D,
 * 4D, …. `undefined`: none is due beyond those that were taken.
 */
export const dueLook = (
  after: number | string,
  { taken, runs, ageMs }: { taken: number; runs: number; ageMs: number },
): number | undefined => {
  const passed = typeof after === 'number' ? runs / after : ageMs / durationMs(after);
  const due = passed < 1 ? 0 : Math.floor(Math.log2(passed)) + 1;
  return due > taken ? due : undefined;
};

/** Halved with each look, so that all of them together, however many, stay below `error`. */
export const errorOfLook = (look: number): number => error / 2 ** look;

/**
 * The arm with the highest rate, when it differs from every other one by the test of two proportions.
 * Each pair gets its share of the error (Bonferroni), as the leader was chosen by looking.
 */
export const decideWinner = (arms: readonly ArmCount[], look: number): Decided | undefined => {
  const [leader, ...others] = arms.toSorted((a, b) => rate(b) - rate(a));
  if (!leader || others.length === 0) return undefined;
  const pairs = (arms.length * (arms.length - 1)) / 2;
  const pValue = Math.max(...others.map((other) => differenceOf(leader, other)));
  return pValue < errorOfLook(look) / pairs ? { branch: leader.branch, pValue } : undefined;
};

const rate = ({ runs, successes }: ArmCount): number => (runs === 0 ? 0 : successes / runs);

/** The normal approximation is trusted where so many are expected in each cell. */
const leastExpected = 5;

/** Two-sided p-value of the z-test of two proportions with the pooled rate; 1 where there is too little to say. */
export const differenceOf = (a: ArmCount, b: ArmCount): number => {
  const runs = a.runs + b.runs;
  const pooled = (a.successes + b.successes) / runs;
  const fewest = Math.min(a.runs, b.runs) * Math.min(pooled, 1 - pooled);
  if (!(fewest >= leastExpected)) return 1;
  const z = (rate(a) - rate(b)) / Math.sqrt(pooled * (1 - pooled) * (1 / a.runs + 1 / b.runs));
  return erfc(Math.abs(z) / Math.SQRT2);
};

const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** Complementary error function for x ≥ 0; fractional error below 1.2e-7 (Press et al., Numerical Recipes, 6.2). */
const erfc = (x: number): number => {
  const t = 1 / (1 + x / 2);
  const exponent = coefficients.reduceRight((sum, c) => c + t * sum, 0);
  return t * Math.exp(-x * x + exponent);
};
