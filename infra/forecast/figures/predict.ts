import type { Estimate } from '#model/forecast';
import { binomial, type Chance, exponential } from '../people/chance.ts';

/** What one person adds to which sum. */
export interface Share {
  /** Index of the sum. */
  of: number;
  amount: number;
}

export interface Population {
  /** One list for each imagined person. */
  shares: readonly (readonly Share[])[];
  /** In the same order. */
  durations: readonly number[];
  /** So many sums there are. */
  sums: number;
}

/** People, and the share of them that comes in. */
export interface Audience {
  people: number;
  enters: number;
}

export interface Prediction {
  sums: Estimate[];
  median: Estimate;
  ninetieth: Estimate;
  /** Of a figure that follows from the sums, such as a bill. */
  of(figure: (sums: ArrayLike<number>) => number): Estimate;
}

/**
 * The audience, drawn again and again from the imagined people. Each draw weighs them anew (the Bayesian
 * bootstrap: what a sample does not tell) and then lets each of the audience be one of them (the
 * multinomial: what chance does with a number of people).
 */
export const predict = (
  population: Population,
  audience: Audience,
  draws: number,
  chance: Chance,
): Prediction => {
  const { people, enters } = audience;
  const rounds = Array.from({ length: draws }, () =>
    drawOnce(population, binomial(chance, people, enters), chance),
  );
  const expected = expectedOf(population, people * enters);
  const estimate = (figure: (sums: ArrayLike<number>) => number): Estimate =>
    between(
      figure(expected),
      rounds.map(({ sums }) => figure(sums)),
    );
  const order = orderOf(population.durations);
  const alike = population.durations.map(() => 1);
  const quantile = (share: number, pick: 'median' | 'ninetieth'): Estimate =>
    between(
      quantileOf(population.durations, order, alike, share),
      rounds.map((round) => round[pick]),
    );
  return {
    sums: Array.from({ length: population.sums }, (_, i) => estimate((sums) => sums[i] ?? 0)),
    median: quantile(0.5, 'median'),
    ninetieth: quantile(0.9, 'ninetieth'),
    of: estimate,
  };
};

const expectedOf = ({ shares, sums }: Population, audience: number): Float64Array => {
  const totals = new Float64Array(sums);
  for (const person of shares) for (const { of, amount } of person) totals[of]! += amount;
  return totals.map((total) => (total * audience) / shares.length);
};

const drawOnce = (population: Population, audience: number, chance: Chance) => {
  const { shares, sums, durations } = population;
  const counts = drawCounts(shares.length, audience, chance);
  const totals = new Float64Array(sums);
  for (let i = 0; i < shares.length; i++) {
    const count = counts[i]!;
    if (count > 0) for (const { of, amount } of shares[i]!) totals[of]! += count * amount;
  }
  const order = orderOf(durations);
  return {
    sums: totals,
    median: quantileOf(durations, order, counts, 0.5),
    ninetieth: quantileOf(durations, order, counts, 0.9),
  };
};

/** How many of the audience are like each of the imagined people. */
const drawCounts = (size: number, audience: number, chance: Chance): Float64Array => {
  const weights = Float64Array.from({ length: size }, () => exponential(chance));
  let weight = weights.reduce((sum, each) => sum + each, 0);
  let left = audience;
  return weights.map((each) => {
    const count = left === 0 ? 0 : binomial(chance, left, Math.min(1, each / weight));
    weight -= each;
    left -= count;
    return count;
  });
};

const orders = new WeakMap<readonly number[], Uint32Array>();
const orderOf = (values: readonly number[]): Uint32Array => {
  const known = orders.get(values) ?? Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  orders.set(values, known);
  return known;
};

const quantileOf = (
  values: readonly number[],
  order: Uint32Array,
  counts: ArrayLike<number>,
  share: number,
): number => {
  let all = 0;
  for (let i = 0; i < values.length; i++) all += counts[i]!;
  let passed = 0;
  for (const i of order) {
    passed += counts[i]!;
    if (passed >= share * all) return values[i]!;
  }
  return 0;
};

/** The middle nine tenths of the draws. */
const between = (expected: number, drawn: readonly number[]): Estimate => {
  const sorted = Float64Array.from(drawn).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { expected, low: Math.min(at(0.05), expected), high: Math.max(at(0.95), expected) };
};
