import { expect } from 'vitest';
import { explain, tryMany } from './report.ts';

/** How many cases, and from which seed on; the same each time, so that a red run is red for everybody. */
const count = Number(process.env.WAYLEAF_CASES ?? 1000);
const from = Number(process.env.WAYLEAF_SEED ?? 1);
const shares = 2;

/** About the time that a case takes on a machine that does much else. */
export const shareTimeout = 120_000 + count * 1000;

/** One of two halves, so that two processors have work. */
export const tryShare = async (share: number): Promise<void> => {
  const size = Math.ceil(count / shares);
  const tally = await tryMany({ from: from + share * size, count: size });
  if (tally.failures[0]) expect.fail(await explain(tally.failures[0]));
  // Cases that say nothing would prove nothing.
  expect(tally.telling).toBeGreaterThan(tally.cases * 0.7);
  expect(tally.sends).toBeGreaterThan(tally.cases * 0.3);
  expect(tally.tied).toBeLessThan(Math.max(3, tally.cases * 0.02));
};
