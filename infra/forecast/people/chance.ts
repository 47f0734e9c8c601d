/** A number in [0, 1). */
export type Chance = () => number;

const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export const exponential = (chance: Chance): number => -Math.log(1 - chance());

/** The 90 % point of the standard normal distribution. */
const ninetieth = 1.2815515655446004;

/** Log-normal, by its median and by how many medians its 90 % point is. */
export const delay = (chance: Chance, median: number, slow: number): number =>
  median * Math.exp((Math.log(slow) / ninetieth) * normal(chance));

/** How many of `n` do what one does with probability `p`. Exact while few are expected on one side, else normal. */
export const binomial = (chance: Chance, n: number, p: number): number => {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(chance, n, 1 - p);
  return n * p < 30 ? inverted(chance, n, p) : rounded(chance, n, p);
};

const rounded = (chance: Chance, n: number, p: number): number =>
  Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(n * p * (1 - p)) * normal(chance))));

const inverted = (chance: Chance, n: number, p: number): number => {
  const odds = p / (1 - p);
  let probability = Math.exp(n * Math.log1p(-p));
  let left = chance();
  for (let k = 0; ; k++) {
    if (left < probability || k >= n) return k;
    left -= probability;
    probability *= (odds * (n - k)) / (k + 1);
    if (probability < 1e-300) return k;
  }
};

/** Index by shares; what they leave of 1 is `-1`. */
export const pick = (chance: Chance, shares: readonly number[]): number => {
  let left = chance();
  for (let i = 0; i < shares.length; i++) {
    left -= shares[i]!;
    if (left < 0) return i;
  }
  return -1;
};
