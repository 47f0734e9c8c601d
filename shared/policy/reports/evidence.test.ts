import { describe, expect, test } from 'vitest';
import { chancesToBeBest, compareArms, differenceOfShares, meanOf, rateOf, samplesFor } from './evidence.ts';

describe('a rate', () => {
  test('has the interval of Wilson, as tables have it', () => {
    const { value, low, high } = rateOf(15, 100);
    expect([value, low, high].map((n) => n?.toFixed(4))).toEqual(['0.1500', '0.0931', '0.2328']);
  });
  test('of nobody is not known', () => {
    expect(rateOf(0, 0)).toEqual({ count: 0, of: 0, value: null, low: 0, high: 1 });
  });
  test('stays within 0 and 1, also where one count lags behind the other', () => {
    expect(rateOf(12, 10)).toMatchObject({ value: 1, high: 1 });
    expect(rateOf(0, 10)).toMatchObject({ value: 0, low: 0 });
  });
});

test('a mean has its interval; one value has none', () => {
  const values = [10, 20, 30, 40];
  const squares = values.reduce((sum, n) => sum + n * n, 0);
  const mean = meanOf(100, squares, 4)!;
  expect([mean.value, mean.high - mean.value].map((n) => n.toFixed(2))).toEqual(['25.00', '12.65']);
  expect(meanOf(10, 100, 1)).toBeUndefined();
});

test('promoters less detractors', () => {
  const nps = differenceOfShares(50, 20, 100)!;
  expect([nps.value, nps.low, nps.high].map((n) => n.toFixed(3))).toEqual(['0.300', '0.141', '0.447']);
  const all = differenceOfShares(20, 0, 20)!;
  expect([all.value, all.low, all.high].map((n) => n.toFixed(3))).toEqual(['1.000', '0.735', '1.000']);
});

describe('the chance to be best', () => {
  test('is even among equals, and sums to one', () => {
    const chances = chancesToBeBest([1, 2, 3].map(() => ({ runs: 100, successes: 10 })));
    for (const chance of chances) expect(chance).toBeCloseTo(1 / 3, 3);
  });
  // Beta(11,91) against Beta(21,81): by 4 million draws 0.9757.
  test('is that of the posterior', () => {
    expect(
      chancesToBeBest([
        { runs: 100, successes: 10 },
        { runs: 100, successes: 20 },
      ])[1],
    ).toBeCloseTo(0.976, 2);
  });
  test('holds for large counts', () => {
    const [, better] = chancesToBeBest([
      { runs: 100_000, successes: 5_000 },
      { runs: 100_000, successes: 5_400 },
    ]);
    expect(better).toBeGreaterThan(0.999);
    // By the normal distribution.
    const near = [10_000, 10_100].map((successes) => ({ runs: 1_000_000, successes }));
    expect(chancesToBeBest(near)[1]).toBeCloseTo(0.7608, 3);
  });
});

// Fleiss, Levin, Paik, table of sample sizes without continuity correction: 0.10 against 0.15.
test('the runs needed are those of the tables', () => {
  expect(samplesFor(0.1, 0.15)).toBe(686);
  expect(samplesFor(0.1, 0.1)).toBeUndefined();
});

test('arms are compared with what is still missing', () => {
  const arms = [
    { branch: 0, answer: 'A', runs: 100, successes: 10 },
    { branch: 1, answer: 'B', runs: 90, successes: 14 },
  ];
  const { leader, pValue, samplesNeeded } = compareArms(arms);
  expect([leader, pValue > 0.05, samplesNeeded! > 400]).toEqual([1, true, true]);
  expect(compareArms([])).toEqual({ arms: [], pValue: 1, samplesNeeded: null });
});
