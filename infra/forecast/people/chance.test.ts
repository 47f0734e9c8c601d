import { describe, expect, it } from 'vitest';
import { createChance } from '../../local/time/chance.ts';
import { binomial, delay, pick } from './chance.ts';

const draw = (count: number, work: (chance: () => number) => number): number[] => {
  const chance = createChance(7);
  return Array.from({ length: count }, () => work(chance)).sort((a, b) => a - b);
};
const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

describe('chance', () => {
  it.each([
    [10, 0.3],
    [1000, 0.002],
    [1_000_000, 0.4],
    [1_000_000, 1e-6],
    [200, 0.97],
  ])('draws binomial(%d, %d) with its mean and its spread', (n, p) => {
    const drawn = draw(20_000, (chance) => binomial(chance, n, p));
    const mean = meanOf(drawn);
    const variance = meanOf(drawn.map((value) => (value - mean) ** 2));
    const spread = Math.sqrt(n * p * (1 - p));
    expect(Math.abs(mean - n * p)).toBeLessThan((4 * spread) / Math.sqrt(20_000));
    expect(Math.abs(variance / spread ** 2 - 1)).toBeLessThan(0.06);
    expect(drawn[0]).toBeGreaterThanOrEqual(0);
    expect(drawn.at(-1)).toBeLessThanOrEqual(n);
  });

  it('draws nobody or all at the ends', () => {
    expect([binomial(Math.random, 5, 0), binomial(Math.random, 5, 1), binomial(Math.random, 0, 0.5)]).toEqual(
      [0, 5, 0],
    );
  });

  it('delays half by the median, and the slowest tenth by so many medians', () => {
    const drawn = draw(40_000, (chance) => delay(chance, 6, 4));
    expect(drawn[20_000]! / 6).toBeCloseTo(1, 1);
    expect(Math.abs(drawn[36_000]! / 24 - 1)).toBeLessThan(0.05);
  });

  it('picks by shares, and says when none was meant', () => {
    const picked = draw(10_000, (chance) => pick(chance, [0.2, 0, 0.5]));
    const shareOf = (index: number): number => picked.filter((each) => each === index).length / 10_000;
    expect(shareOf(0)).toBeCloseTo(0.2, 1);
    expect([shareOf(1), shareOf(3)]).toEqual([0, 0]);
    expect(shareOf(-1)).toBeCloseTo(0.3, 1);
  });
});
