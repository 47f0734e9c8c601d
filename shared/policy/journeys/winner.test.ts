import { describe, expect, it } from 'vitest';
import { type ArmCount, decideWinner, differenceOf, dueLook, errorOfLook } from './winner.ts';

const arm = (branch: number, successes: number, runs: number): ArmCount => ({ branch, successes, runs });

describe('the test of two proportions', () => {
  // Reckoned apart, with the error function of the C library.
  it.each([
    [45, 100, 30, 100, 0.0284597],
    [200, 1000, 150, 1000, 0.0032563],
    [30, 500, 28, 480, 0.9119875],
    [50, 1000, 20, 1000, 0.0002621],
  ])('%d of %d against %d of %d has p = %d', (x1, n1, x2, n2, p) =>
    expect(differenceOf(arm(0, x1, n1), arm(1, x2, n2))).toBeCloseTo(p, 6),
  );

  it.each([
    [0, 0, 0, 0],
    [3, 6, 0, 6],
    [5, 10_000, 0, 10_000],
    [100, 100, 100, 100],
  ])('says nothing of %d of %d against %d of %d: there is too little', (x1, n1, x2, n2) =>
    expect(differenceOf(arm(0, x1, n1), arm(1, x2, n2))).toBe(1),
  );
});

describe('the winner', () => {
  it('is the arm that beats every other', () => {
    expect(decideWinner([arm(0, 20, 200), arm(1, 60, 200), arm(2, 18, 200)], 1)).toMatchObject({ branch: 1 });
    expect(decideWinner([arm(0, 20, 200), arm(1, 60, 200), arm(2, 55, 200)], 1)).toBeUndefined();
  });
  it('is not found among equals, nor in one arm', () => {
    expect(decideWinner([arm(0, 50, 100), arm(1, 50, 100)], 1)).toBeUndefined();
    expect(decideWinner([arm(0, 50, 100)], 1)).toBeUndefined();
    expect(decideWinner([], 1)).toBeUndefined();
  });
  it('needs more evidence with each look', () => {
    const arms = [arm(0, 45, 100), arm(1, 27, 100)];
    expect(decideWinner(arms, 1)).toMatchObject({ branch: 0 });
    expect(decideWinner(arms, 3)).toBeUndefined();
  });
});

describe('a look', () => {
  it.each([
    [100, { taken: 0, runs: 99, ageMs: 0 }, undefined],
    [100, { taken: 0, runs: 100, ageMs: 0 }, 1],
    [100, { taken: 1, runs: 199, ageMs: 0 }, undefined],
    [100, { taken: 1, runs: 200, ageMs: 0 }, 2],
    [100, { taken: 0, runs: 850, ageMs: 0 }, 4],
    [100, { taken: 4, runs: 850, ageMs: 0 }, undefined],
    ['2 days', { taken: 0, runs: 0, ageMs: 2 * 86_400_000 - 1 }, undefined],
    ['2 days', { taken: 0, runs: 0, ageMs: 2 * 86_400_000 }, 1],
    ['2 days', { taken: 1, runs: 0, ageMs: 4 * 86_400_000 }, 2],
  ])('after %s with %o is number %s', (after, state, look) => expect(dueLook(after, state)).toBe(look));

  it('spends less than five percent over all of them', () => {
    const spent = Array.from({ length: 50 }, (_, i) => errorOfLook(i + 1)).reduce((a, b) => a + b);
    expect(spent).toBeLessThanOrEqual(0.05);
  });
});

/** Quick lots, always the same (mulberry32). */
const lotsFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Tests of arms that are equal: how many of them would be given a winner? */
const falseWinners = (
  plan: (state: { arms: ArmCount[]; runs: number; taken: number }) => number | boolean,
): number => {
  const tests = 600;
  const draw = lotsFrom(1);
  let found = 0;
  for (let test = 0; test < tests; test++) {
    const arms = [arm(0, 0, 0), arm(1, 0, 0)];
    let taken = 0;
    for (let run = 1; run <= 3_200; run++) {
      const chosen = arms[draw() < 0.5 ? 0 : 1]!;
      chosen.runs++;
      if (draw() < 0.2) chosen.successes++;
      if (run % 50 !== 0) continue;
      const said = plan({ arms, runs: run, taken });
      if (said === true) {
        found++;
        break;
      }
      taken = Number(said);
    }
  }
  return found / tests;
};

describe('arms that are equal', () => {
  it('get a winner in fewer than five of a hundred tests, however long they go on', () => {
    const rate = falseWinners(({ arms, runs, taken }) => {
      const look = dueLook(100, { taken, runs, ageMs: 0 });
      return look === undefined ? taken : decideWinner(arms, look) !== undefined || look;
    });
    expect(rate).toBeLessThan(0.05);
  });
  it('would get one in far more, were each glance at the numbers taken for a test', () => {
    const rate = falseWinners(({ arms }) => differenceOf(arms[0]!, arms[1]!) < 0.05);
    expect(rate).toBeGreaterThan(0.2);
  });
});
