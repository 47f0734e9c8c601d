import { differenceOf } from '../journeys/winner.ts';

/** Pure: what counts say, and how sure one may be of it. */

export interface Rate {
  /** Of `of`, how many did. */
  count: number;
  of: number;
  /** 0 to 1; null where there is nothing to divide by. */
  value: number | null;
  /** 95 % interval (Wilson), honest for few and for rates near 0 and 1. */
  low: number;
  high: number;
}

/** Of the normal distribution, two-sided 95 %. */
const z = 1.959964;
/** One-sided 80 %: the power that tests are planned for. */
const zPower = 0.841621;

/** Counts that lag behind each other never make a rate above one. */
export const rateOf = (found: number, of: number): Rate => {
  const count = Math.max(0, Math.min(found, of));
  if (of <= 0) return { count, of: 0, value: null, low: 0, high: 1 };
  const p = count / of;
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const [middle, scale] = [p + (z * z) / (2 * of), 1 + (z * z) / of];
  return {
    ...{ count, of, value: p },
    low: count === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: count === of ? 1 : Math.min(1, (middle + spread) / scale),
  };
};

export interface Mean {
  value: number;
  low: number;
  high: number;
  of: number;
}

/** Of values that were summed with their squares; undefined below two of them. */
export const meanOf = (sum: number, squares: number, n: number): Mean | undefined => {
  if (n < 2) return undefined;
  const value = sum / n;
  const spread = z * Math.sqrt(Math.max(0, (squares - n * value * value) / (n - 1)) / n);
  return { value, low: value - spread, high: value + spread, of: n };
};

/**
 * Of the difference of two shares of the same answers, such as promoters less detractors. The interval is that of
 * Bonett and Price (JEBS 37, 2012): where all answer alike it is no point.
 */
export const differenceOfShares = (more: number, less: number, n: number): Mean | undefined => {
  if (n < 2) return undefined;
  const [p, d] = [(more + 1) / (n + 2), (less + 1) / (n + 2)];
  const spread = z * Math.sqrt((p + d - (p - d) ** 2) / (n + 2));
  const [low, high] = [Math.max(-1, p - d - spread), Math.min(1, p - d + spread)];
  return { value: (more - less) / n, low, high, of: n };
};

const logGammaOf = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.001208650973866179,
  -0.000005395239384953,
];
/** Lanczos (Numerical Recipes, 6.1). */
const logGamma = (x: number): number => {
  const t = x + 5.5;
  const sum = logGammaOf.reduce((all, c, i) => all + c / (x + 1 + i), 1.000000000190015);
  return (x + 0.5) * Math.log(t) - t + Math.log((2.5066282746310002 * sum) / x);
};

const points = 4_000;
/** In standard deviations: outside of it there is nothing that would be seen in a probability. */
const reach = 9;

/** Where any of these distributions has its mass, so that the points lie there, however narrow it is. */
const massOf = (shapes: readonly { a: number; b: number }[]): [low: number, high: number] => {
  const middles = shapes.map(({ a, b }) => a / (a + b));
  const spreads = shapes.map(({ a, b }) => reach * Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))));
  return [
    Math.max(0, Math.min(...middles.map((middle, i) => middle - spreads[i]!))),
    Math.min(1, Math.max(...middles.map((middle, i) => middle + spreads[i]!))),
  ];
};

/**
 * Chance of each arm to have the highest rate, when nothing was known before (each rate Beta(1 + successes,
 * 1 + failures)). By integration, so that the same counts always say the same.
 */
export const chancesToBeBest = (arms: readonly { runs: number; successes: number }[]): number[] => {
  const sums = new Array<number>(arms.length).fill(0);
  const shapes = arms.map(({ runs, successes }) => {
    const [a, b] = [1 + Math.min(runs, successes), 1 + Math.max(0, runs - successes)];
    return { a, b, norm: logGamma(a + b) - logGamma(a) - logGamma(b), below: 0 };
  });
  const [low, high] = massOf(shapes);
  const width = (high - low) / points;
  for (let i = 0; i < points; i++) {
    const x = low + (i + 0.5) * width;
    const weights = shapes.map(
      ({ a, b, norm }) => width * Math.exp(norm + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x)),
    );
    const middles = shapes.map((shape, j) => Math.min(1, shape.below + weights[j]! / 2));
    for (const [j, weight] of weights.entries())
      sums[j]! += weight * middles.reduce((all, below, k) => (k === j ? all : all * below), 1);
    for (const [j, shape] of shapes.entries()) shape.below += weights[j]!;
  }
  const all = sums.reduce((a, b) => a + b, 0) || 1;
  return sums.map((sum) => sum / all);
};

/** Runs per arm to tell these two rates apart: two-sided 5 %, power 80 %. Undefined for equal rates. */
export const samplesFor = (a: number, b: number): number | undefined => {
  if (a === b) return undefined;
  const spread = z * Math.sqrt((a + b) * (1 - (a + b) / 2)) + zPower * Math.sqrt(a * (1 - a) + b * (1 - b));
  return Math.ceil((spread / (a - b)) ** 2);
};

export interface ArmEvidence {
  branch: number;
  answer: string;
  rate: Rate;
  chanceToBeBest: number;
}

export interface Comparison {
  arms: ArmEvidence[];
  /** Of the arm that leads. */
  leader?: number;
  /** Of the leader against the closest other arm: z-test of two proportions; 1 where there is too little to say. */
  pValue: number;
  /** More runs per arm, until a difference as large as this one would show (5 %, power 80 %); 0: enough. */
  samplesNeeded: number | null;
}

/** Fewer say nothing. */
export const fewestRuns = 20;

export const compareArms = (
  given: readonly { branch: number; answer: string; runs: number; successes: number }[],
): Comparison => {
  const chances = chancesToBeBest(given);
  const arms = given.map(({ branch, answer, runs, successes }, i) => ({
    ...{ branch, answer, rate: rateOf(successes, runs), chanceToBeBest: chances[i]! },
  }));
  const [first, ...others] = given
    .filter(({ runs }) => runs > 0)
    .toSorted((a, b) => b.successes / b.runs - a.successes / a.runs);
  if (!first || others.length === 0) return { arms, pValue: 1, samplesNeeded: null };
  const pValue = Math.max(...others.map((other) => differenceOf(first, other)));
  const [closest] = others;
  const needed = samplesFor(first.successes / first.runs, closest!.successes / closest!.runs);
  const least = Math.min(...given.map(({ runs }) => runs));
  return {
    arms,
    leader: first.branch,
    pValue,
    samplesNeeded: needed === undefined ? null : Math.max(0, needed - least),
  };
};
